"""What is kept: of the conversation, and of the company, which is shown and forgotten on request."""

import re
from dataclasses import replace

from advisor import company as profile
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.reading import long_ago
from advisor.self_check import result, run
from advisor.state import Check, Company
from knowledge.library import Library

TOPIC = "privacy"
# Messages of these intents may ask for what is remembered; others are asked by their own topics.
INTENTS = {"ask_privacy", "inform_company", "ask_about", "nlu_fallback", "ask_outside", "complain", "deny"}
FIRM = r"(?:うち|ウチ|会社|店|当社|弊社|私|わたし|わし|御社|貴社)"
SHOWS = re.compile(
    rf"{FIRM}(?:について|のこと|の(?:情報|内容|プロフィール|登録))\S{{0,8}}(?:見せ|覚え|おぼえ|知って|記憶"
    rf"|表示|確認|言って)"
    r"|(?:何|なに|どこまで|どんなこと)を?\S{0,4}(?:覚え|おぼえ|記憶|登録|把握)"
    r"|(?:覚え|おぼえ|登録|記憶|把握)\S{0,12}(?:見せ|表示|確認|出して|一覧|教えて|何|なに)|登録(?:内容"
    r"|情報)|プロフィール|(?:いま|今|さっき)の(?:内容|情報)\S{0,6}(?:合って|あって|正し|間違|まちが)"
)
FORGETS = re.compile(
    r"忘れ(?:て|ちゃって|といて)|わすれて|消し|消せ|消去|削除|けし(?:て|といて)|クリア|抹消|なかったことに"
    r"|リセット|取り消し"
)
CONVERSATION = re.compile(
    r"会話|履歴|やりとり|やり取り|相談|記録|ログ|チャット|書いた|話した|入力した|投稿|メッセージ|送った"
)
EVERYTHING = re.compile(
    rf"{FIRM}(?:の)?(?:こと|情報|内容|プロフィール|データ)|覚え(?:た|て)\S{{0,10}}|登録\S{{0,6}}"
    rf"|プロフィール"
)
# 「全部消して」 means the company only where what is kept is asked about.
WHATEVER = re.compile(r"全部|ぜんぶ|すべて|全て")
ABOUT_KEPT = {"ask_privacy", "inform_company"}
# 「全部忘れちゃった」, 「今までの指示を忘れて」: no request to forget the company.
NO_REQUEST = re.compile(
    r"(?:忘れ|わすれ|消し|けし|消去し|削除し)(?:た(?!い|ら)|まし|ちゃった|ちまった|ても?た|て(?:し?ま|い[たる])|とる)"
    r"|(?:指示|命令|プロンプト|合言葉|パスワード|暗証番号|バックアップ|ファイル)"
)
# What may be forgotten alone: its words, and the facts it holds.
PARTS: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "industry": (re.compile(r"業種|職種|業界|商売"), ("industry", "trade")),
    "employees": (re.compile(r"人数|従業員数|社員数|(?:従業員|社員)の数|規模"), ("employees",)),
    "place": (re.compile(r"場所|住所|所在地|都道府県|県名|地域|市町村"), ("prefecture", "municipality")),
    "personal_data": (re.compile(r"個人情報を(?:扱|持|預)|個人情報の有無"), ("handles_personal_data",)),
    "telework": (re.compile(r"テレワーク|在宅|リモート"), ("telework",)),
    "byod": (re.compile(r"私物|スマホ|携帯"), ("byod",)),
    "customer_demands": (re.compile(r"取引先(?:の|から)"), ("customer_demands",)),
}
ALL = "all"
# Answers about the company as remembered; nothing is learnt from the message that asked.
OF_THE_COMPANY = {"company_forgotten", "fact_forgotten", "company_known", "company_unknown"}


def explain(question: Question, library: Library) -> Answer:
    """What is kept of the conversation, or what was asked for of the company."""
    return of_company(question) or answer(question, TOPIC, "privacy")


def of_company(question: Question) -> Answer | None:
    """What is remembered of the company, shown or forgotten; None when neither is asked for."""
    chosen = next(iter(question.words("aspect")), None) if question.intent == "ask_privacy" else None
    if chosen == "show":
        return _show(question)
    if chosen in (ALL, *PARTS):
        return _forget(question, [*PARTS] if chosen == ALL else [str(chosen)])
    if question.intent not in INTENTS:
        return None
    if FORGETS.search(question.text) and not NO_REQUEST.search(question.text):
        parts = _named(question)
        return _forget(question, parts) if parts else None
    return _show(question) if SHOWS.search(question.text) else None


def _named(question: Question) -> list[str]:
    """The parts named; all of them for 「会社の情報」, none where the conversation is meant."""
    text = question.text
    parts = [part for part, (words, _) in PARTS.items() if words.search(text)]
    if parts or CONVERSATION.search(text):
        return parts
    is_all = EVERYTHING.search(text) or (question.intent in ABOUT_KEPT and WHATEVER.search(text))
    return [*PARTS] if is_all else []


def _forget(question: Question, parts: list[str]) -> Answer:
    company = question.state.company
    if parts == [*PARTS]:
        said = answer(question, TOPIC, "company_forgotten", company=Company(), check=None, checks=[])
        return replace(said, forgets_checks=True)
    gone = [fact for part in parts for fact in PARTS[part][1]]
    values: dict[str, Value] = {"what": _listed([Phrase(f"part_{part}") for part in parts])}
    left = company.model_copy(update=dict.fromkeys(gone))
    return answer(question, TOPIC, "fact_forgotten", values=values, company=left)


def _listed(phrases: list[Phrase]) -> Value:
    return profile.joined(phrases) or ""


def _show(question: Question) -> Answer:
    company = question.state.company
    check = run.finished(question.state)
    lines = [*_lines(company), *([_line_of(check, question)] if check else [])]
    if not lines:
        return answer(question, TOPIC, "company_unknown")
    known = {part: "1" for part, (_, facts) in PARTS.items() if getattr(company, facts[0]) is not None}
    values: dict[str, Value] = {"lines": lines, **{f"has_{part}": known.get(part, "") for part in PARTS}}
    said = answer(question, TOPIC, "company_known", values=values)
    return replace(said, calculated=result.figures(check, question) if check else {})


def _line_of(check: Check, question: Question) -> Phrase:
    """The self-check finished last."""
    on = long_ago(check.finished_on or check.begun_on, question.today)
    points, most = result.total(check), result.most(check)
    return Phrase("line_check", {"points": points, "most": most, "on": on})


def _lines(company: Company) -> list[Phrase]:
    """One line for each fact that is known."""
    lines = []
    if company.industry:
        trade = company.trade if company.trade and company.trade != company.industry else None
        lines.append(
            Phrase("line_trade", {"trade": trade, "industry": company.industry})
            if trade
            else Phrase("line_industry", {"industry": company.industry})
        )
    if company.employees is not None:
        lines.append(Phrase("line_employees", {"employees": company.employees}))
    if company.prefecture:
        place = company.prefecture + (company.municipality or "")
        lines.append(Phrase("line_place", {"place": place}))
    told = [fact for fact in profile.YES_OR_NO.values() if getattr(company, fact) is not None]
    lines += [
        Phrase("line_habit", {"habit": habit}) for fact in told if (habit := profile.habits(company, [fact]))
    ]
    return lines
