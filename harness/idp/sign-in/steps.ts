import { renderDifference } from "../pages/difference-page.ts";
import { renderPush } from "../pages/push-page.ts";
import type { PageFrame } from "../pages/sign-in-frame.ts";
import { renderTotp } from "../pages/totp-page.ts";
import type { IdpParts } from "../parts.ts";
import { type BegunSignIn, pushNumber } from "./desk.ts";
import { describeMethods, differenceOf } from "./difference.ts";
import type { SignInForm } from "./form.ts";
import type { SignedIn } from "./signed-in.ts";

/** How far a sign-in has come: it is done, needs one more page, or starts over with the reason, if there is one. */
export type Progress =
  | { readonly kind: "signed-in"; readonly signedIn: SignedIn }
  | { readonly kind: "page"; readonly html: string }
  | { readonly kind: "first-page"; readonly problem: string | undefined };

/** Brings a sign-in to its next page, or to its end; `problem` says why a page comes again. */
export async function advance(
  begun: BegunSignIn,
  frame: PageFrame,
  parts: IdpParts,
  problem?: string,
): Promise<Progress> {
  const { user, choice, emission, methods, number } = begun;
  const said = parts.choices.titleOf(choice) ?? "an emission that is no longer on offer";
  const page = { ...frame, user, said, problem };
  const missing = missingFactor(begun);
  if (missing === "totp") {
    const enrolment = await parts.desk.codes.enrolment(user, parts.now());
    return { kind: "page", html: renderTotp({ ...page, step: await parts.desk.keep(begun), enrolment }) };
  }
  if (missing === "push") {
    return { kind: "page", html: renderPush({ ...page, step: await parts.desk.keep(begun), number }) };
  }
  const difference = begun.told ? undefined : differenceOf(emission, methods);
  if (difference !== undefined) {
    const step = await parts.desk.keep(begun);
    const done = describeMethods(methods);
    return { kind: "page", html: renderDifference({ ...page, step, difference, done }) };
  }
  const performed = { user, methods, at: parts.now() };
  return { kind: "signed-in", signedIn: { choice, emission, performed } };
}

/** Takes the answer to a later page of a sign-in. */
export async function answerPage(
  begun: BegunSignIn,
  form: SignInForm,
  frame: PageFrame,
  parts: IdpParts,
): Promise<Progress> {
  if (form.action === "back") return { kind: "first-page", problem: undefined };
  const missing = missingFactor(begun);
  if (missing === undefined) return await advance({ ...begun, told: true }, frame, parts);
  if (missing === "totp") {
    const check = await parts.desk.codes.check(begun.user, form.code, parts.now());
    if (check !== "right") return await advance(begun, frame, parts, CODE_PROBLEMS[check]);
  } else if (form.number !== begun.number) {
    const problem = form.action === "deny" ? "The sign-in was denied on the phone." : WRONG_NUMBER;
    return await advance({ ...begun, number: pushNumber(begun.number) }, frame, parts, problem);
  }
  return await advance({ ...begun, methods: [...begun.methods, missing] }, frame, parts);
}

const CODE_PROBLEMS = {
  wrong: "This code is wrong.",
  used: "This code was used before; each opens once.",
} as const;

const WRONG_NUMBER = "Another number than the one below was chosen on the phone.";

/** The second factor that was chosen and is not done yet. */
function missingFactor({ factor, methods }: BegunSignIn): "totp" | "push" | undefined {
  return factor === "none" || methods.includes(factor) ? undefined : factor;
}
