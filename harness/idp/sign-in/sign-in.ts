import type { Channel } from "../../emission/channels.ts";
import type { Emission } from "../../emission/emission.ts";
import { note } from "../journal/notes.ts";
import { renderSignIn, type SignInPageModel } from "../pages/sign-in-page.ts";
import type { IdpParts } from "../parts.ts";
import { RequestRefusal } from "../refusal.ts";
import type { OpenSession } from "./sessions.ts";
import { pushNumber } from "./desk.ts";
import { readSignInForm, type SignInForm } from "./form.ts";
import { advance, answerPage, type Progress } from "./steps.ts";
import type { SignedIn } from "./signed-in.ts";

/** A sign-in that a protocol wants from the person: what its page shows, and which emissions may answer it. */
export interface WantedSignIn extends Pick<
  SignInPageModel,
  "resume" | "protocol" | "application" | "hints" | "user" | "userIsFixed" | "state"
> {
  readonly channels: readonly Channel[];
  /** The session that is open but was not enough: the page offers to use it all the same. */
  readonly session?: OpenSession | undefined;
}

/** What came of an answer to a page of the sign-in: done, given up, or one more page. */
export type SignInStep =
  | { readonly kind: "signed-in"; readonly signedIn: SignedIn }
  | { readonly kind: "cancelled"; readonly choice: string }
  | { readonly kind: "page"; readonly html: string };

/** What the first page holds when it comes again. */
type Again = Partial<Pick<SignInPageModel, "user" | "factor" | "find" | "preselected" | "problem">>;

/** A person's answer to the first page, with the emission that it chose. */
interface FirstAnswer {
  readonly form: SignInForm;
  readonly user: string;
  readonly choice: string;
  readonly emission: Emission;
}

/** The one password that is wrong; the page says so. */
const WRONG_PASSWORD = "wrong";

/**
 * Begins a sign-in: with its first page, or, where nobody is to be asked, with what a driver would answer to that.
 *
 * @throws RequestRefusal when the user whom the request names cannot be one
 */
export async function beginSignIn(wanted: WantedSignIn, parts: IdpParts): Promise<SignInStep> {
  if (parts.signIn === "page") return { kind: "page", html: renderFirstPage(wanted, parts) };
  return await takeAnswer({ user: wanted.user, action: "sign-in" }, wanted, parts);
}

/** Renders the first page of a sign-in. */
function renderFirstPage(wanted: WantedSignIn, parts: IdpParts, again: Again = {}): string {
  const { channels, session, ...page } = wanted;
  note({ application: wanted.application });
  return renderSignIn({
    ...page,
    choices: parts.choices.forChannels(channels),
    preselected: parts.choices.preselected(channels),
    asksPassword: asksPassword(wanted),
    session: session?.performed,
    ...again,
  });
}

/**
 * Takes what a page of the sign-in sent back, for every protocol alike. The first page with `action=sign-in`, as drivers
 * send it, signs in at once and nobody is asked for anything; with `action=continue`, as people send it, the password is
 * checked, and more pages come until the second factor is, too.
 *
 * @param body form as the web framework parsed it
 * @throws RequestRefusal when it cannot be used, or chooses what is not on offer
 */
export async function takeAnswer(body: unknown, wanted: WantedSignIn, parts: IdpParts): Promise<SignInStep> {
  note({ application: wanted.application });
  const form = readSignInForm(body);
  const preselected = parts.choices.preselected(wanted.channels);
  if (form.step === "") {
    const choice = form.emission ?? preselected;
    if (form.action === "cancel") return { kind: "cancelled", choice };
    const first = readFirstAnswer(form, choice, wanted, parts);
    return stepOf(await takeFirstAnswer(first, wanted, parts), wanted, parts, {
      user: first.user,
      factor: form.factor,
      find: form.find,
      preselected: choice,
    });
  }
  const begun = await parts.desk.take(form.step, requestOf(wanted));
  if (form.action === "cancel") return { kind: "cancelled", choice: begun?.choice ?? preselected };
  if (begun === undefined) {
    const problem = "That page was answered before, or is too old. Begin again.";
    return { kind: "page", html: renderFirstPage(wanted, parts, { problem }) };
  }
  const { user, factor, choice } = begun;
  const progress = await answerPage(begun, form, wanted, parts);
  return stepOf(progress, wanted, parts, { user, factor, preselected: choice });
}

function stepOf(progress: Progress, wanted: WantedSignIn, parts: IdpParts, again: Again): SignInStep {
  if (progress.kind !== "first-page") return progress;
  return { kind: "page", html: renderFirstPage(wanted, parts, { ...again, problem: progress.problem }) };
}

function readFirstAnswer(
  form: SignInForm,
  choice: string,
  wanted: WantedSignIn,
  { choices }: IdpParts,
): FirstAnswer {
  const emission = choices.get(choice);
  if (emission === undefined || !wanted.channels.includes(emission.channel)) {
    throw new RequestRefusal(`There is no ${wanted.protocol} emission ${choice} on offer`);
  }
  const user = wanted.userIsFixed === true ? (wanted.user ?? form.user) : form.user;
  return { form, user, choice, emission };
}

async function takeFirstAnswer(
  { form, user, choice, emission }: FirstAnswer,
  wanted: WantedSignIn,
  parts: IdpParts,
): Promise<Progress> {
  const signedIn = { choice, emission };
  if (form.action === "sign-in") {
    const performed = { user, methods: [], at: parts.now() };
    return { kind: "signed-in", signedIn: { ...signedIn, performed } };
  }
  if (form.action === "session") {
    const { session } = wanted;
    if (session === undefined) return { kind: "first-page", problem: "Nobody is signed in any more." };
    return { kind: "signed-in", signedIn: { ...signedIn, performed: session.performed } };
  }
  if (form.find !== form.found) return { kind: "first-page", problem: undefined };
  const asked = asksPassword(wanted);
  if (asked && form.password === "") return { kind: "first-page", problem: "Enter a password." };
  if (asked && form.password === WRONG_PASSWORD) {
    return { kind: "first-page", problem: "This password is wrong. Any other one is right." };
  }
  const begun = {
    ...signedIn,
    user,
    methods: asked ? (["password"] as const) : [],
    factor: form.factor,
    request: requestOf(wanted),
    number: pushNumber(),
    told: false,
  };
  // A driver may send the code with the first page.
  return form.code === ""
    ? await advance(begun, wanted, parts)
    : await answerPage(begun, form, wanted, parts);
}

/** The password of an external method was entered at Entra. */
function asksPassword({ channels }: WantedSignIn): boolean {
  return !channels.includes("eam");
}

function requestOf({ resume, application }: WantedSignIn): string {
  return `${resume} ${application}`;
}
