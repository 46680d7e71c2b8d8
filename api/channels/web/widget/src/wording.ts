/** Everything the widget itself says, in one place. */

export const NAME = "まもり";
export const WHAT_IT_IS = "情報セキュリティ相談";
export const LAUNCH = "セキュリティ相談";
export const unread = (count: number) => `新しいお返事${count}件`;
export const CLOSE = "閉じる";
export const MENU = "メニュー";
export const BACK = "もどる";
export const LARGER = "文字を大きくする";
export const LOG = "相談の記録";
export const YOU = "あなた：";
export const CHOICES = "選択肢";

export const KEPT = "相談の内容は、お答えのため90日間お預かりします。パスワードやカード番号は書かないでください。";
export const KEPT_MORE = "くわしく";

export const FIELD = "お困りのこと";
export const EXAMPLE = "例：何から始めれば";
export const SEND = "送る";
export const KEYS = "Enterで送信、Shift＋Enterで改行します。";
export const FORM = "質問を書く";

export const SENDING = "送信中…";
export const STILL_SENDING = "送信中です。少しお待ちください。";
export const AWAITING = "お返事を待っています…";
export const DISCONNECTED = "接続が切れました。つながりしだい、自動で続けます。";
export const RECONNECTED = "つながりました。";
export const UNREACHED = "相談の窓口につながりません。つながりしだい、自動で続けます。";
export const TOO_FAST = "短い時間にたくさん送られました。少し待って、自動で続けます。";

export const MODES = {
  waiting: "担当者をお呼びして、待っています。その間も、まもりがお答えします。",
  human: "担当者が対応中です。",
  bot: "自動応答に戻りました。",
};
export const STAFF = "担当者";
export const TYPING = "まもりが書いています";
export const NOTICE = "お知らせ";
export const URGENT = "いま、すること";

export const LOST = "前の相談は、期限が切れたか、消されています。お手数ですが、新しくお始めください。";
export const AFRESH = "はじめから";

export const HELPFUL = "役に立った";
export const NOT_HELPFUL = "役に立たなかった";
export const THANKS = "ありがとうございます。";
export const THANKS_FOR_REASON = "ありがとうございます。よりよいお答えのために使います。";
export const WHY = "どこが違いましたか（任意）";
export const REASONS = ["聞きたいことと違う", "むずかしい", "まちがい・古い"];
export const REASON_FIELD = "ほかの理由";
export const SEND_REASON = "伝える";
export const NOT_SENT = "いまは送れませんでした。少しおいて、もう一度お試しください。";

export const ABOUT_COMPANY = "会社について覚えていること";
export const CONTINUE = "LINEやSlackで続ける";
export const ERASE = "記録を消す（はじめから）";
export const WHAT_IS_KEPT = "お預かりする内容";
