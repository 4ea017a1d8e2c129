import { z } from "zod";
import type { Channel } from "../emission/channels.ts";
import type { Emission } from "../emission/emission.ts";
import { isXmlText } from "../emission/xml.ts";
import type { PerformedSignIn } from "./issued.ts";
import { DEFAULT_USER, type SignInPageModel } from "./pages/sign-in-page.ts";
import type { IdpParts } from "./parts.ts";
import { RequestRefusal } from "./refusal.ts";

/** A sign-in that a protocol wants from the person: what its page shows, and which emissions may answer it. */
export interface WantedSignIn extends Omit<SignInPageModel, "choices" | "preselected"> {
  readonly channels: readonly Channel[];
}

/** A person who signed in: what was done, and what will be said about it. */
export interface SignedIn {
  /** Id of the choice, under which artifacts are recorded. */
  readonly choice: string;
  readonly emission: Emission;
  readonly performed: PerformedSignIn;
}

/** What came of an answer to a page of the sign-in: done, given up, or one more page. */
export type SignInStep =
  | { readonly kind: "signed-in"; readonly signedIn: SignedIn }
  | { readonly kind: "cancelled"; readonly choice: string }
  | { readonly kind: "page"; readonly html: string };

const answerSchema = z.object({
  user: z.string().min(1).max(256).refine(isXmlText).default(DEFAULT_USER),
  emission: z.string().optional(),
  action: z.enum(["sign-in", "cancel"]).default("sign-in"),
});

/** Renders the first page of a sign-in. */
export function renderFirstPage(wanted: WantedSignIn, { choices, renderSignIn }: IdpParts): string {
  const { channels } = wanted;
  const offered = choices.forChannels(channels);
  return renderSignIn({ ...wanted, choices: offered, preselected: choices.preselected(channels) });
}

/**
 * Takes what a page of the sign-in sent back, for every protocol alike.
 *
 * @param body form as the web framework parsed it
 * @throws RequestRefusal when it cannot be used, or chooses what is not on offer
 */
export function takeAnswer(body: unknown, wanted: WantedSignIn, parts: IdpParts): SignInStep {
  const parsed = answerSchema.safeParse(body);
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path }) => path.join(".") || "form");
    throw new RequestRefusal(`The request lacks a usable ${names.join(" and ")}`);
  }
  const { user, emission: chosen, action } = parsed.data;
  const choice = chosen ?? parts.choices.preselected(wanted.channels);
  if (action === "cancel") return { kind: "cancelled", choice };
  const emission = parts.choices.get(choice);
  if (emission === undefined || !wanted.channels.includes(emission.channel)) {
    throw new RequestRefusal(`There is no ${wanted.protocol} emission ${choice} on offer`);
  }
  const signer = wanted.userIsFixed === true ? (wanted.user ?? user) : user;
  return {
    kind: "signed-in",
    signedIn: { choice, emission, performed: { user: signer, methods: [], at: parts.now() } },
  };
}
