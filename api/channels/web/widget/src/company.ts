/** What the advisor believes about the company, in plain words. */

import { h } from "./dom";
import type { Profile } from "./messages";
import { paragraphs } from "./sheet";
import { inJapanese } from "./sources";
import * as say from "./wording-sheets";

type Line = readonly [label: string, value: string | null];

export function company(profile: Profile): HTMLElement[] {
  const lines = linesOf(profile);
  const known = lines.filter(([, value]) => value !== null);
  const missing = lines.filter(([, value]) => value === null).map(([label]) => label);
  const check = profile.self_check;
  if (!known.length && !check) return paragraphs(say.NOTHING_KNOWN);
  const list = h("dl", {}, ...known.flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
  if (check) list.append(h("dt", {}, say.CHECKED), h("dd", {}, ...checked(check)));
  return [
    list,
    ...paragraphs(say.CORRECT),
    ...(missing.length ? [h("p", { class: "quiet" }, say.NOT_YET + missing.join("、"))] : []),
  ];
}

function linesOf(profile: Profile): Line[] {
  const { industry, employees, prefecture, municipality } = profile;
  const place = [prefecture, municipality].filter(Boolean).join("");
  const yesOrNo = (Object.keys(say.YES_NO) as (keyof typeof say.YES_NO)[]).map((name): Line => {
    const value = profile[name];
    return [say.COMPANY[name], value === null ? null : say.YES_NO[name][value ? 0 : 1]];
  });
  return [
    [say.COMPANY.industry, industry],
    [say.COMPANY.employees, employees === null ? null : `${employees}名`],
    [say.COMPANY.place, place || null],
    ...yesOrNo,
  ];
}

function checked({ points, most, parts, finished_on }: NonNullable<Profile["self_check"]>): HTMLElement[] {
  const whole = h("b", {}, `${points}点（${most}点中）`);
  const each = Object.entries(parts).map(([part, its]) => h("span", {}, `${part} ${its}点`));
  return [whole, h("span", {}, inJapanese(finished_on)), ...each];
}
