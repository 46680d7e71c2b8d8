"""The figures of a soak as a Markdown table, with their conditions."""

from collections.abc import Sequence

from ops.bench.report import percentile
from ops.soak.soaking import Soak


def markdown(soak: Soak) -> str:
    verdict, heard = soak.verdict, soak.heard.seconds
    not_sent = verdict.deliveries.total() - verdict.deliveries["done"]
    wrong = f"{verdict.lost} / {verdict.doubled} / {verdict.out_of_order}"
    rows = [
        ("messages, owners", f"{soak.plan.messages}, {soak.plan.owners}"),
        ("deliveries (each message up to three times, shuffled)", f"{sum(map(len, heard.values()))}"),
        ("engine killed", f"{soak.kills} times"),
        ("lost / counted twice / out of order", wrong),
        ("conversations answered otherwise than in a calm run", f"{verdict.other_answers}"),
        ("turns not done", f"{verdict.not_done}"),
        ("answers sent; possibly twice", f"{verdict.deliveries['done']}; {verdict.repeats}"),
        ("answers not sent", f"{not_sent}"),
        ("owners told that it takes longer", f"{verdict.apologies}"),
        ("messages a second, from first to last answer", f"{soak.plan.messages / soak.seconds:.1f}"),
    ]
    for channel, seconds in sorted(heard.items()):
        what = "answer to a post" if channel == "web" else "webhook"
        rows.append((f"{channel}: {what}, p50 / p95", _times(seconds)))
    for channel, seconds in sorted(soak.until_sent.items()):
        rows.append((f"{channel}: from message to answer sent, p50 / p95", _times(seconds)))
    return "\n".join(["| | |", "| --- | ---: |", *(f"| {what} | {figure} |" for what, figure in rows)])


def _times(seconds: Sequence[float]) -> str:
    return f"{percentile(seconds, 50) * 1000:,.0f} / {percentile(seconds, 95) * 1000:,.0f} ms"
