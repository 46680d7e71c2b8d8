"""Whether a trade word tells the company's trade, or only where something happened.

ホテルのWi-Fi is a connection, 銀行を名乗るメール a fraud, 病院に行く an errand, うちの税理士 an adviser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.ginza import Word
from bot.lookup import Match

KIND = "industry"
# 眼鏡屋, 塗装業, 旅館さん: these make no other word of what stands before them.
ENDINGS = "屋店業所者士師員社院館園場商系用家人さ"
# Whatever is made is sold too: 漬物の製造販売 is no shop.
SALE = "販売"
MAKING = "製造"
# 学習塾の協同組合: the members' trade says more.
UNION = frozenset({"協同組合", "事業協同組合"})
# せんべい屋の工場, パンの販売: what stands before says more.
LESS = UNION | {SALE, "工場"}
NEAR = {"", "の", "・"}
# What may stand between the word and what tells: 宅配業者を名乗る, 税理士の先生に聞いた.
TITLE = r"(?:業?者|会社|屋|店|業|事務所)?(?:さん|様|さま|の(?:先生|方|人|担当(?:者)?|営業|社長|大将))?"
SOMEBODY_ELSES = re.compile(
    TITLE + r"(?:(?:を|と|に)?(?:名乗|装|よそお|かた[っるりら]|騙|偽)|(?:の|に)?(?:なりすま|ふりを|フリを|扮)"
    r"|から(?:の|、)?(?:偽|不審|変|怪し|メール|電話|sms|ショートメール|請求|連絡|督促|fax|封書|手紙|届"
    r"|来た|来て|きた|紹介|言われ|求め|頼ま|聞か|勧め|すすめ|もら|受け取)"
    r"|[にへ](?:は|も)?(?:泊|行|聞|相談|問い?合わ|頼|依頼|任せ|まかせ|電話(?!が)|連絡|紹介|言われ|勧め"
    r"|すすめ|渡"
    r"|出して|出す|出した|預け|払|委託|外注|発注|送|お願い|見てもら|やってもら|作ってもら|作らせ|通って"
    r"|寄って|納品|納め|卸し|売り込|情報を|データを|名簿を|確認|かか[っるりら])"
    r"|を(?:紹介|探|通じ|通し|介し|使って|利用|呼|雇|替え|変え|教えて|予約)"
    r"|で(?:買|購入|注文|見た|見て|もら|拾|盗|忘|落と|食|飲|聞い|働いている(?:友|知))"
    r"|が(?:来て|来た|言って|言う|言った|クラウド|勧め|すすめ|管理して|作ってくれ|やってくれ|潰れ|倒産)"
    r"|の(?:取引先|得意先|元請け?|親会社|お客(?:さん|様)?|顧客)(?:に|から|が|を|で|の)|で(?:働く"
    r"|働いてる)(?:友|知)|で詐欺|で[^、。]{0,6}(?:使った|払った|置き忘|失く|なくし)"
    r"|から[^、。]{1,10}(?:もら|受け取|届|来た|言われ|頼まれ)|[にへ](?:全部|ぜんぶ|すべて|みんな"
    r"|ずっと)(?:任せ|まかせ|頼|お願い)"
    r"|の(?:隣|となり|近く|前|向かい|横|裏|そば|二階|ビル)(?:で|に|の|を)|にされ|で売って|街|器|会の"
    r"|[にへ][^、。]{1,8}を(?:納|卸|売って|送|届|渡|忘)|[にへ](?:ファックス|fax|メール|郵送|誤|間違|忘"
    r"|置き忘|落と)"
    r"|とは[??。]?$|って(?:何|なに|どういう))",
    re.IGNORECASE,
)
BEFORE = re.compile(
    r"(?:取引先|得意先|客先|お客(?:さん|様)?|顧客|顧問先|納品先|元請け?|友だち|友達|友人|知人"
    r"|知り合い)[がは][^、。]{0,6}$|"
    r"(?:取引先|得意先|お客(?:さん|様|さま)?|顧客|委託先|外注先|発注先|依頼先|仕入先|納品先|近所|隣|となり"
    r"|近く|向かい|知り合い|知人|友人|友達|ともだち|親戚"
    r"|顧問先|顧問|旅先|担当|出入り|いつもの|行きつけ|かかりつけ|出張先|旅行先|宿泊先|泊まった|大手"
    r"|(?:通って|契約して|頼んで|お願いして|任せて|使って|付き合いの)(?:い?る|おる|ます|ある))(?:の|が|は"
    r"|で|である)?\s?$"
)
# They are usually somebody an owner turns to.
ADVISER = re.compile(
    r"税理士|会計士|社労士|労務士|弁護士|司法書士|行政書士|診断士|弁理士|コンサル|会計事務所|法律事務所"
    r"|保険屋|保険代理店|電気屋|電器屋|水道屋|警備会社|印刷|デザイナー|デザイン|制作|システム会社|システム屋"
    r"|ソフト会社|^it|修理|清掃|人材|派遣|リース|大家|管理会社|パソコン|代行|信用金庫|信金|信用組合|金融"
)
# 税理士事務所なら, 印刷会社でも: a firm of that trade asks for itself.
FOR_SUCH = re.compile(
    r"(?:事務所|法人|会社|屋|業)*(?:さん)?(?:なら|だと|の(?:場合|事例|情報|割合|実施|パソコン|ような)|向け"
    r"|で(?:使|は|も|p|i)|としては|が(?:守|従|狙|被|攻|やられ|サイバー|ランサム)|にも?(?:必要|多い)|は対象"
    r"|みたいな|とか)",
    re.IGNORECASE,
)
OUR_ADVISER = re.compile(r"(?:うち|ウチ|当社|弊社|会社|自社|店)(?:の|を?頼んでる)\s?$")
ADVISER_ACTS = re.compile(
    TITLE + r"(?:[にへ]|から|が(?!本業|やられ|被|攻|狙|守)|を(?!や|し|営|経営|開)|と(?:相談|話|連携)"
    r"|でも(?:いい|大丈夫)|って(?:必要|頼))"
)
# Where an owner goes with a notebook.
VISITED = re.compile(
    r"(?:.*ホテル|カフェ|.*喫茶.*|喫茶店|レストラン|ファミレス|図書館|コワーキングスペース|ネットカフェ"
    r"|スーパー|コンビニ.*|病院|旅館|宿)$"
)
ON_A_VISIT = re.compile(
    r"の(?:フロント|ロビー|部屋|客室)で|(?:の|にある)(?:フリー|無料|公衆|客室の?)?(?:wi-?fi|ワイファイ"
    r"|無線|回線|パソコン|pc)|(?:で|から"
    r"|に(?:いて|いる))(?:の)?(?:仕事|作業|使|つな|繋|接続|パソコン|pc|ネット|打ち?合|会議|テレワーク"
    r"|リモート|アクセス|ログイン|メールを)",
    re.IGNORECASE,
)
# Words that mean a trade only where somebody says so; elsewhere a thing, a room or a figure of speech.
ELSEWHERE = frozenset(
    re.split(
        r"\s+",
        "倉庫 駐車場 図書館 神社 教会 トラック 清掃 宿泊 占い ジム スーパー デパート 百貨店 郵便局 "
        "博物館 美術館 動物園 水族館 データセンター ec ecサイト 通販"
        " 研究所 道の駅 鉄道 航空 フェリー 高速バス 新聞社 テレビ局 放送局 コールセンター 出版 組立 試作 "
        "印刷 デザイナー カメラマン リース 車検 不用品回収"
        " 産業廃棄物 産廃 屋台 大学 学校 高校 高等学校 中学校 小学校 短大 大学院 学園 学院 パチンコ "
        "カラオケ 映画館 遊園地 テーマパーク 通信教育 コンビニ タクシー"
        " パソコン修理 スマホ修理 サウナ 食堂 基板 半導体 宅配 配送 貨物 物流 消費者金融 証券会社 "
        "信販会社 投資会社 下宿 地主 電力会社 ガス会社 電力 発電 足場 基礎工事"
        " 貿易 化学 化学メーカー 研究開発 作家 探偵 獣医師 ja jf コープ 生協 労働組合 リフォーム 解体 "
        "プロパン 消防設備 プレス 販売 開業医 保養所 梱包業 トランクルーム 小売電気"
        " レンタル 福祉用具 味噌 醤油 段ボール 缶詰 墓石 霊園 合鍵 鍵屋 翻訳 通訳 検針 番頭 婚活 "
        "クリーニング 水産 it関係 "
        "it系 it業 包装資材 研修会社 喫茶 教育業 ses sier ビル管理 作業所 道場 劇場 サロン 配管 "
        "マッサージ 整体 美容 娯楽 "
        "福祉用具貸与 運転代行 事務代行 代行業 旅行会社 旅行代理店 互助会 貸金業者",
    )
)
OWN = (
    r"(?:うち|ウチ|当社|弊社|我が社|私ども|わたしら|業種|職業|仕事|商売|家業|本業)(?:も|は|って|の?(?:仕事"
    r"|業種|商売)は)?[、,:\s]?\s?"
)
STATED_BEFORE = re.compile(rf"(?:{OWN}|同業の|同じ)$")
STATED = re.compile(
    r"(?:さん|業者|業|屋|店|会社|企業|工場|教室|関係|系|施設|事業|事務所|法人|蔵元?)*"
    r"(?:$|[、。,.\s\d(〇一二三四五六七八九十]|(?:なん)?です|なんや|なんだ|でし|でっ|でご|でおま|どす"
    r"|だ(?:けど|が|よ|ね|な|し"
    r"|から|わ|っちゃ|$|。|、)|や(?:$|で|ねん|わ"
    r"|けど|けん|が|、|。|って|っと|っち|り|ら)|じゃ(?!な)|で(?:、|\s|\d|社員|従業員|スタッフ|隊員|職員|所員|店員|人数"
    r"|[一二三四五六七八九十百]+[人名]|働)|っす|ばしよ|ば(?:や|し)"
    r"|(?:だけ|のみ)?(?:を?(?:や[っり](?!てくれ|てもら|てほし)|しよ|しち)|を?(?:しと[るり]|して(?:い|お|ま"
    r"|る|ん))|を?(?:営|経営"
    r"|運営|始め|開業"
    r"|開い|手がけ|継))|の(?:会社|者|もん|店|お店|経営|オーナー|運営|事業|仕事|合同事務所|事務所|商売|社長"
    r"|店主|主人|下請"
    r"|製造|中小|零細)"
    r"|(?:社長|店主|経営|オーナー|従業員|社員|スタッフ))"
)
# 工場は栃木: a part of the company.
FACILITY = re.compile(r"(?:は|が|も)[^。]{1,10}?(?:に(?:あ|ご|移)|です|、|$)")
# 工場のガイドライン is a paper, 一人親方の会員 somebody else, おすすめの宿 a bed for the night.
A_GUIDELINE = re.compile(r"(?:の|向けの?|における)?(?:システムの?)?(?:セキュリティの?)?(?:ガイドライン|手引)")
OF_MEMBERS = re.compile(
    r"(?:さん)?(?:の(?:会員|組合員|加入者?|方|人)(?:に|へ|は|が|も|から|向け)|(?:でも|は|も)[^。]{0,8}(?:入れ|加入)|(?:に|へ)(?:も|は)?\S)"
)
ON_A_TRIP = re.compile(r"(?:を(?:教えて|予約して|探して)|に泊ま)")
# One character says nothing but in these places.
SINGLE = {"宿": "宿", "塾": "塾", "寺": "寺", "卸": "卸", "鳶": "鳶"}
AFTER_SINGLE = re.compile(
    r"(?:$|[、。\s]|屋|です|でし|でご|だ(?:よ|けど|$)|や(?:$|で|ねん|けど|っ)"
    r"|を(?:(?:[一二三四五数\d]+[軒つ件])?(?:や|し|営|経営|運営|切り盛))|の(?:予約|サイト|ホームページ"
    r"|経営|主人|女将|パソコン|お客|宿泊|事例|場合|会社|仕事|生徒|檀家)|業|ば|なんだけど|なんです)"
)
GOODS = r"(?P<what>[^\s、。,!?はがもでにと]{1,12}?)"
GOES_ON = r"(?:て(?:い|お|る|ま|ん|た?ら|売|卸)|と[るりっ]|ち[ょょ]|よ[るり]|ゆう|てる)"
NO_GOODS = re.compile(
    r"(?:パスワード|ルール|規[程則約]|ホームページ|hp|サイト|ブログ|名簿|リスト|表|書|資料|データ"
    r"|アカウント|バックアップ|控え|マニュアル|体制|計画|チラシ|id|ページ|メール|ファイル|グループ|時間"
    r"|組織|方針|手順|仕組み|窓口|機会|環境|友達?|人|何|なに|それ|これ|もの|カード|キー|フォルダ|アドレス"
    r"|やつ|うち|会社|自分|情報|pc|パソコン|スマホ|写し|対策|型|文|文章|案|状|約束|決まり|歌|カレンダー"
    r"|教材|素材|標語"
    r"|会|一覧|図|bcp|予定|余裕|枠|原稿|動画|写真|記録|控|台帳|サービス|製品|券|印|契約|連絡網|席)$",
    re.IGNORECASE,
)
SOFTWARE = re.compile(r"(?:システム|アプリ|ソフト|ソフトウェア|プログラム|ゲーム)$")
CROP = re.compile(
    r"(?:りんご|リンゴ|いちご|イチゴ|苺|みかん|ミカン|野菜|米|コメ|お米|ぶどう|ブドウ|梨|桃|柿|花|トマト"
    r"|きゅうり|ねぎ|ネギ|なす|芋|いも|大根|キャベツ|レタス|メロン|すいか|スイカ|お茶|茶葉|きのこ|しいたけ"
    r"|さくらんぼ|レモン|栗|大豆|麦|玉ねぎ|果物)$"
)
BUILDING = re.compile(r"(?:家|住宅|ビル|橋|道路|建物|お?うち)$")
ROOMS = re.compile(r"(?:部屋|家|土地|駐車場|アパート|マンション|ビル|店舗|倉庫|事務所)$")
LESSON = re.compile(
    r"(?:ピアノ|英語|書道|習字|そろばん|料理|ダンス|水泳|ヨガ|茶道|お茶|華道|着付け?|絵|勉強|ギター|バレエ"
    r"|音楽|空手)$"
)
ANIMAL = re.compile(r"(?:牛|豚|鶏|にわとり|羊|馬)$")
MACHINE = re.compile(r"(?:車|自動車|機械|時計|家電|バイク|農機具?|家具|靴)$")
LOAD = re.compile(r"(?:荷物?|商品|貨物|人|資材|品物)$")
CATCH = re.compile(r"(?:魚|カニ|かに|イカ|いか|貝|海苔)$")
LENT = re.compile(r"(?:機械|車|衣装|道具|着物|重機|機材|布団)$")
PEOPLE = re.compile(r"(?:人材?|社員)$")
ANYTHING = re.compile("")
# What is done to what, and the trade word that stands for it; none where it is no trade.
DEEDS: tuple[tuple[str, dict[re.Pattern[str], str | None]], ...] = (
    (
        rf"を?(?:作|つく|造)っ{GOES_ON}",
        {SOFTWARE: "システム開発", CROP: "農業", BUILDING: "建設", ANYTHING: "製造"},
    ),
    (
        r"を?(?:作|つく|造)る(?=会社|仕事|工場|商売|の?を(?:仕事|商売))",
        {SOFTWARE: "システム開発", ANYTHING: "製造"},
    ),
    (r"を?建てる(?=会社|仕事|商売)", {BUILDING: "建設"}),
    (r"を?(?:売る|販売する)(?=会社|仕事|店|商売)", {ANYTHING: "小売"}),
    (
        rf"を?(?:磨い|縫っ|削っ|織っ|染め|彫っ|編ん|焼い|仕込ん|鍛え|こしらえ|拵え){GOES_ON}",
        {ANYTHING: "製造"},
    ),
    (rf"の?(?:工事|施工|取り?付け?|設置)を?(?:し|やっ){GOES_ON}", {ANYTHING: "建設"}),
    (rf"を?建て{GOES_ON}", {BUILDING: "建設"}),
    (rf"を?(?:育て|栽培し){GOES_ON}", {PEOPLE: None, ANYTHING: "農業"}),
    (rf"を?飼っ{GOES_ON}", {ANIMAL: "畜産"}),
    (rf"を?(?:製造|加工)を?し{GOES_ON}", {ANYTHING: "製造"}),
    (rf"を?卸し{GOES_ON}", {ANYTHING: "卸"}),
    (rf"を?(?:売っ|販売し|商っ|扱う){GOES_ON}", {ANYTHING: "小売"}),
    (rf"を?(?:修理し|直し){GOES_ON}", {MACHINE: "修理業"}),
    (r"を?教え(?:て(?:い|お|る|ま)|と)", {LESSON: "習い事"}),
    (rf"を?(?:運ん(?:で(?:い|お|る|ま)|ど)|(?:配送|配達)し{GOES_ON})", {LOAD: "運送"}),
    (rf"を?(?:獲|捕|釣|と)っ{GOES_ON}", {CATCH: "漁業"}),
    (rf"を?貸し(?:出し)?{GOES_ON}", {ROOMS: "不動産", LENT: "レンタル業"}),
)
DONE = tuple((re.compile(GOODS + deed), trades_of) for deed, trades_of in DEEDS)
# 規程を作っている会社は何割, 作っているんですか: others are meant.
OF_OTHERS = re.compile(
    r"[^。、]{0,6}(?:か[??。]?$|[??])|(?:い?る|おる|とる)?(?:中小)?(?:会社|企業|ところ|とこ|人"
    r"|割合)(?!で(?:す|ご|、)|や|を|だ(?:よ|けど)|の者|、?\s?\d|$)"
)


def is_trade(match: Match, text: str) -> bool:
    """Whether this trade word may be about the company or the cases it asks for."""
    before, after = text[: match.start], text[match.end :].lstrip()
    if _is_somebody_elses(match.value, before, after):
        return False
    if STATED.match(after) or STATED_BEFORE.search(before):
        return True
    if match.value in ELSEWHERE:
        return False
    return not ADVISER.search(match.value) or bool(FOR_SUCH.match(after))


def is_part(match: Match, parsed: Sequence[Word]) -> bool:
    """洋食 in 洋食器, 商店 in 商店街: what follows makes it another word."""
    return any(
        word.start <= match.start and match.end == word.end - 1 and word.surface[-1] not in ENDINGS
        for word in parsed
    )


def _is_somebody_elses(trade: str, before: str, after: str) -> bool:
    if SOMEBODY_ELSES.match(after) or BEFORE.search(before):
        return True
    if ADVISER.search(trade) and (OUR_ADVISER.search(before) or ADVISER_ACTS.match(after)):
        return True
    if trade == "工場" and (FACILITY.match(after) or A_GUIDELINE.match(after)):
        return True
    if trade == "一人親方" and OF_MEMBERS.match(after):
        return True
    if ON_A_TRIP.match(after):
        return True
    return bool(VISITED.fullmatch(trade) and ON_A_VISIT.match(after))


# What nobody listed is told by its last part: 鉄骨の加工屋, 金物メーカー.
HEADS = (
    (
        re.compile(r"設計(?=で(?:、|\s)?(?:\d|[一二三四五六七八九十]+[人名]|社員|所員)|を(?:し|や)|の仕事)"),
        "設計業",
    ),
    (
        re.compile(r"(?:加工|製作|縫製)(?:屋|業|所|会社)|の加工(?=$|[、。]|です)|メーカー|工房(?!に|へ|を)"),
        "製造",
    ),
    (
        re.compile(
            r"料理(?:の店|屋|店)|(?:丼|麺|鍋|焼き|焼|そば|うどん|ちゃんぽん|ラーメン|カレー|定食)の(?:お)?店"
        ),
        "飲食",
    ),
    (re.compile(r"[一-鿿ァ-ヶー]{1,8}店(?!員|舗|長|内|頭|の人)"), "小売"),
    (
        re.compile(
            r"(?:[一-鿿ァ-ヶー]{1,8}|[ぁ-ん]{2,6})(?<![部小楽母納長古])屋(?:さん)?(?!根|上|内|外|敷|号|台)"
        ),
        "小売",
    ),
)
NO_HEAD = re.compile(
    r"(?:^|[うウ])(?:ち|チ)?の?(?:お)?店|(?:本|支|当|全|各|この|その|加盟|会員|代理|販売|取扱|量販|飲食"
    r"|直営|専門|チェーン)店"
    r"|(?:パソコン|電話|電気|何でも|なんでも|町の|名|平|床|問|業者)屋"
)


def trades(matches: list[Match], text: str, parsed: Sequence[Word]) -> list[Match]:
    """The trades told in a text: the head of a compound found, a single 宿, or what the company makes."""
    named = [match for match in matches if match.kind == KIND]
    told = [match for match in named if not _is_modifier(match, named, text)] + _single(text, parsed)
    told = [_as_maker(match, text) for match in told]
    return told or [match for match in (_deed(text) or _head(text),) if match]


def _as_maker(match: Match, text: str) -> Match:
    """金物メーカー makes what a 金物屋 sells."""
    return replace(match, value=MAKING) if text.startswith("メーカー", match.end) else match


def _is_modifier(match: Match, named: list[Match], text: str) -> bool:
    """衣料品 in 衣料品の卸, 病院 in 病院清掃: the last word is the trade, but for 販売, 工場 and 組合."""
    if match.value in LESS:
        return any(text[other.end : match.start] in NEAR for other in named if other.end <= match.start)
    return any(
        other.start >= match.end and other.value not in LESS and text[match.end : other.start] in NEAR
        for other in named
    )


def _single(text: str, parsed: Sequence[Word]) -> list[Match]:
    return [
        Match(KIND, word.start, word.end, SINGLE[word.surface])
        for word in parsed
        if word.surface in SINGLE
        and AFTER_SINGLE.match(text[word.end :].lstrip())
        and not BEFORE.search(text[: word.start])
        and not re.search(r"[一-鿿]$", text[: word.start])
    ]


def _deed(text: str) -> Match | None:
    """「ネジを作っています」: the trade that stands for what the company does."""
    for deed, trades_of in DONE:
        for found in deed.finditer(text):
            what = found["what"].removesuffix("の")
            is_theirs = NO_GOODS.search(what) or OF_OTHERS.match(text[found.end() :])
            trade = None if is_theirs else _trade_of(what, trades_of)
            if trade:
                return Match(KIND, found.start(), found.end(), trade)
    return None


def _trade_of(what: str, trades_of: dict[re.Pattern[str], str | None]) -> str | None:
    return next((trade for kind, trade in trades_of.items() if kind.search(what)), None)


def _head(text: str) -> Match | None:
    """A trade in no list, where the sentence says that it is the owner's."""
    for head, trade in HEADS:
        for found in head.finditer(text):
            before, after = text[: found.start()], text[found.end() :]
            is_own = STATED.match(after) and not BEFORE.search(before) and not SOMEBODY_ELSES.match(after)
            if is_own and not NO_HEAD.search(found[0]):
                return Match(KIND, found.start(), found.end(), trade)
    return None
