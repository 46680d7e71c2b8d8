/** What the sheets over the conversation say. */

export const LOADING = "読み込んでいます…";
export const NOT_LOADED = "いまは読み込めませんでした。少しおいて、もう一度お試しください。";

export const NOTHING_KNOWN = "会社のことは、まだ何も覚えていません。業種と人数を書いていただくと、御社に合わせてお答えします。";
export const CORRECT = "違うところは、相談の欄に「人数は15人です」のように、そのままお書きください。直してお答えします。";
export const NOT_YET = "まだ伺っていないこと：";
export const COMPANY = {
  industry: "業種",
  employees: "人数",
  place: "場所",
  handles_personal_data: "個人情報",
  telework: "在宅勤務",
  byod: "私物の利用",
  customer_demands: "取引先の求め",
};
export const CHECKED = "自社診断";
export const YES_NO = {
  handles_personal_data: ["預かっている", "預かっていない"],
  telework: ["している", "していない"],
  byod: ["ある", "ない"],
  customer_demands: ["ある", "ない"],
} as const;

export const CODE = "つづきの番号";
export const HOW_TO_MOVE: Record<string, string> = {
  line: "LINEの「まもり」に、10分以内にこの番号を送ってください。会社のことと診断の結果が引き継がれます。",
  slack: "Slackの「まもり」に、10分以内にこの番号を送ってください。会社のことと診断の結果が引き継がれます。",
};
export const NO_DOORS = "いまは、この窓口から続けられるLINEやSlackがありません。このままここで、ご相談ください。";
export const ONCE = "この番号は一度だけ使えます。ほかの人に見せないでください。";
export const COPY = "番号を写す";
export const COPIED = "写しました。";

export const ERASE_NOW = "記録をすべて消しますか";
export const ERASED_ARE = [
  "相談の記録、会社のこと、診断の結果、お渡しした書類が、すべて消えます。元には戻せません。",
  "必要なときは、先に印刷してください。消したあとは、新しい相談を始めます。",
];
export const ERASE_YES = "消して、新しく始める";
export const ERASE_NO = "いまの相談に戻る";
export const NOT_ERASED = "いまは消せませんでした。接続をお確かめのうえ、もう一度お試しください。";
export const ERASED = "記録を消しました。新しい相談です。";

export const KEEPING = [
  "書いていただいた内容は、お答えのために、暗号をかけてこのサービスの中に保存します。外の会社のサービスには送りません。",
  "最後のご利用から90日たつと、自動で消えます。「記録を消す」で、いつでも消せます。",
  "担当者に代わるときは、それまでの相談を担当者も読みます。",
  "お客様の名前、パスワード、カード番号、マイナンバーは、書かないでください。",
];
