import type { AppDefinition, PageSign } from "../definition/app.ts";
import type { Decision } from "../observation.ts";
import type { Vote } from "../settle.ts";
import { parsePage } from "../../transport/parse-page.ts";
import { unreadable } from "./sign-in-once.ts";
import { visibleText } from "./who.ts";

/** The signs that an app's file names. */
export type Signs = Pick<AppDefinition, "granted" | "refused" | "challenge">;

/** What the signs on a page say. */
export function votesOfSigns(html: string, { granted, refused, challenge }: Signs): readonly Vote[] {
  const looked: readonly (readonly [Decision, PageSign | undefined])[] = [
    ["accept", granted],
    ["refuse", refused],
    ["challenge", challenge],
  ];
  return looked.flatMap(([decision, sign]) =>
    sign !== undefined && shows(html, sign) ? [{ decision, signal: `sign: ${describe(sign)} is there` }] : [],
  );
}

/** Whether a decision is what a sign on the page says. */
export function isSaidBySigns(html: string, signs: Signs, decided: Decision | undefined): boolean {
  return decided !== undefined && votesOfSigns(html, signs).some(({ decision }) => decision === decided);
}

/**
 * Holds the signs of an app's file against the pages that it was learned from.
 *
 * @throws HarnessError `ERR_TARGET_UNREACHABLE` when a sign is where it must not be, or never where it must
 */
export function checkSigns(name: string, signs: Signs, good: readonly string[], cancelled: string): void {
  const { granted, refused, challenge } = signs;
  if (granted !== undefined && !good.every((html) => shows(html, granted)))
    throw unreadable(name, `granted, ${describe(granted)}, is not on the page of every good sign-in`);
  if (granted !== undefined && shows(cancelled, granted))
    throw unreadable(name, `granted, ${describe(granted)}, is on the page of a cancelled sign-in too`);
  for (const [word, sign] of Object.entries({ refused, challenge })) {
    if (sign !== undefined && good.some((html) => shows(html, sign)))
      throw unreadable(name, `${word}, ${describe(sign)}, is on the page of a good sign-in too`);
  }
}

function shows(html: string, { selector, text, regex }: PageSign): boolean {
  if (selector !== undefined) return parsePage(html).querySelector(selector) !== null;
  const visible = visibleText(html);
  return text === undefined ? new RegExp(regex ?? "", "mu").test(visible) : visible.includes(text);
}

function describe({ selector, text, regex }: PageSign): string {
  return selector ?? JSON.stringify(text ?? regex);
}
