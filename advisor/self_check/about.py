"""What a clause says to the open question of the self-check, by the table of that question."""

import re
from functools import cache
from typing import NamedTuple

from advisor.self_check.words import TAIL, either, within
from knowledge.self_check_words import self_check_words


class Told(NamedTuple):
    """``points``: 4 done, 2 in part, 0 undone, None perhaps; ``of_few``: the table itself says of whom,
    「経理だけ見られる」."""

    points: int | None
    of_few: bool


NO = within(
    """ない 無い なかった なく ません (?<=[とらや])らん らへん へん なか(?=$|けん|ばい) (?<![ぱ放])なし 無し
    忘れ(?!ず|ん|ない) 禁止 厳禁
        ず(?:に|$) (?<=る)な(?=と|って) せん せず だめ ダメ やめ
    (?<![るただすいん]け)ん(?=$|け|よ|わ|です|もん|ね|し$|ように|ぞ|ばい|のう)"""
)
# what stands before a no and keeps it from what was said: 「短いままで変えてない」「研修しても身につかない」
APART = re.compile("しか|や?けど|まま|まんま|から|ので|[てで]も(?!い|らっ)|[てで](?=[^いおはもくなら])")
FURTHEST = 8
NOES = re.compile("ない|無い|ません|[とや]らん|へん|(?<![ぱ放])なし|なか(?=$|けん|ばい)")
NOT_KNOWN = re.compile("(?:知ら|見慣れ|見知ら|わから|関係の?|必要の?)(?:ない|ん)(?!$)")
# plans, cases and what others do say nothing of how it is
NOT_NOW = within(
    """予定 したい たいけど しよう やろう これから 来月 来年 検討 考え中 べき なければ ないと せんと せな
    [たれ]ら(?:いい|どう) れば (?:のと|たり)$ よその 他社 同業"""
)
# in part, unless the table says so itself: 「経理だけ見られる」
PARTLY = within(
    """(?<![るたい])だけ(?![どをがでに]|.*ように) 一部 半分 たまに 時々 ときどき ほとんど だいたい 大体
    おおむね
    以外 人による によって ことも(?:ある|あります) 人もいる"""
)
ONLY = re.compile("だけ|(?<!た)しか|のみ|たまに|時々|ときどき|以外")
MISSING = (
    "(?:は|が|も|を|なんて|なんか|自体|とか|など|の類)*"
    "(?:そもそも|もともと|うちに(?:は)?|一台も|1台も|一つも|ひとつも|全然|誰も|まだ)*"
    + either(
        """ない 無い なか ありません あらへん ねえ なし 置いて(?:い)?ない 持って(?:い)?(?:ない|ません)
    持っとらん
        使って(?:い)?(?:ない|ません) 使っとらん 使わ(?:ない|ん) (?:飛ばし|引い)て(?:い)?ない 使いません
        やって(?:い)?(?:ない|ません) やっとらん やらない やらん"""
    )
)
BARE = (
    "^(?:うち|店|会社|ここ)?(?:に|で)?(?:は|も)?(?:そもそも|もともと)*"
    f"(?:ない|無い|なか|ありません|あらへん|なし){TAIL}"
)
LONGEST = 40
DENYING: dict[int | None, int] = {4: 0, 0: 4}


def applies_not(clause: str, about: str | None) -> bool:
    """Whether the clause says that there is nothing of what the question asks about."""
    pattern = _without(about) if about else None
    return pattern is not None and len(clause) <= LONGEST and bool(pattern.search(clause))


def told(clause: str, about: str | None) -> Told | None:
    """None where the table has nothing to say, or too much."""
    found = _last(clause, about) if about and len(clause) <= LONGEST and not NOT_NOW.search(clause) else None
    if found is None:
        return None
    points, of_few, end = found
    if of_few:
        return Told(points, of_few=True)
    if PARTLY.search(clause):
        return Told(2, of_few=False)
    if len(NOES.findall(NOT_KNOWN.sub("", clause))) > 1:
        return Told(None, of_few=False)
    no = NO.search(clause, end)
    if no is None:
        return Told(points, of_few=False)
    is_denied = no.start() - end <= FURTHEST and not APART.search(clause[end - 1 : no.start()])
    return Told(DENYING.get(points) if is_denied else None, of_few=False)


def _last(clause: str, about: str) -> tuple[int | None, bool, int] | None:
    """What is found last, the longest of those that end there; whether it says of whom, and its end."""
    found = [
        (match.end(), match.end() - match.start(), place)
        for place, (_, pattern) in enumerate(_table(about))
        for match in pattern.finditer(clause)
    ]
    if not found:
        return None
    end, _, place = max(found)
    points, pattern = _table(about)[place]
    return points, bool(ONLY.search(pattern.pattern)), end


@cache
def _table(about: str) -> list[tuple[int | None, re.Pattern[str]]]:
    of = self_check_words().questions[about]
    listed = ((4, of.done), (2, of.partly), (0, of.undone), (None, of.perhaps))
    return [(points, re.compile(pattern)) for points, patterns in listed for pattern in patterns]


@cache
def _without(about: str) -> re.Pattern[str] | None:
    words = self_check_words()
    of = words.questions[about]
    patterns = [f"^.{{0,8}}(?:{thing}){MISSING}{TAIL}" for thing in of.things] + [*of.without]
    patterns += words.nobody if of.staff else []
    patterns += [BARE] if of.bare else []
    return re.compile("|".join(f"(?:{one})" for one in patterns)) if patterns else None
