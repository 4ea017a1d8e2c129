import type { Request, Response } from "express";
import { sendPage } from "../pages/layout.ts";
import { renderMessage } from "../pages/message-page.ts";
import { sendPostPage } from "../pages/post-page.ts";
import type { IdpParts } from "../parts.ts";
import type { OpenSession } from "../sign-in/sessions.ts";
import { beginSignIn, type SignInStep, takeAnswer, type WantedSignIn } from "../sign-in/sign-in.ts";
import { suffices } from "./demands.ts";
import { readWsFedRequest, type WsFedRequest } from "./request.ts";
import type { WsFedSide } from "./side.ts";

/** The WS-Federation side with all that its pages need. */
export interface MountedWsFed extends WsFedSide {
  readonly parts: IdpParts;
}

const CHANNELS = ["wsfed"] as const;
const SIGN_IN = "wsignin1.0";

function wantedSignIn(
  { parts }: MountedWsFed,
  { realm, user, hints, state }: WsFedRequest,
  session: OpenSession | undefined,
): WantedSignIn {
  return {
    resume: `${parts.base()}/wsfed/sign-in`,
    protocol: "WS-Federation",
    application: realm,
    user,
    hints,
    state,
    channels: CHANNELS,
    session,
  };
}

/** WS-Federation has no answer for a person who gives up, so the relying party hears nothing. */
function showCancelled(response: Response, realm: string): void {
  const facts = { Application: realm, "What now": "Nothing was sent to it. Start again there." };
  sendPage(response, 200, renderMessage("Sign-in cancelled", facts));
}

function namedBy(hints: WsFedRequest["hints"]): Readonly<Record<string, string>> {
  return Object.fromEntries(hints.map(({ name, value }) => [name, value]));
}

/** Says what the emission of a session says; its time stays that of the sign-in. */
async function vouch(
  side: MountedWsFed,
  { realm, replyTo, context, hints }: WsFedRequest,
  { session, choice, emission, performed }: OpenSession,
  response: Response,
): Promise<void> {
  const { parts } = side;
  const { user, at: authenticatedAt } = performed;
  const asked = { audience: realm, assertionConsumerService: replyTo };
  const issued = await side.issue(emission, { ...asked, user, now: parts.now(), authenticatedAt });
  parts.choices.handOut(choice, "wsFedResponse");
  await parts.record(choice, { ...issued, asked: namedBy(hints), performed });
  await side.participants.add(session, replyTo);
  sendPostPage(response, replyTo, { wa: SIGN_IN, wresult: issued.artifact, wctx: context });
}

/**
 * Starts a sign-in: a session that is fresh and strong enough answers at once, otherwise the person is asked.
 *
 * @param input query or form as the web framework parsed it
 * @throws RequestRefusal when the request gets no answer
 */
export async function startSignIn(
  side: MountedWsFed,
  input: unknown,
  request: Request,
  response: Response,
): Promise<void> {
  const { parts, realms } = side;
  const asked = readWsFedRequest(input, realms);
  const open = await parts.sessions.find(request, CHANNELS);
  if (open !== undefined && suffices(open, asked.demands, parts.now())) {
    await vouch(side, asked, open, response);
  } else {
    await takeStep(await beginSignIn(wantedSignIn(side, asked, open), parts), side, asked, response);
  }
}

/**
 * Takes what a page of the sign-in sent back.
 *
 * @throws RequestRefusal when it cannot be used
 */
export async function continueSignIn(
  side: MountedWsFed,
  request: Request,
  response: Response,
): Promise<void> {
  const { parts, realms } = side;
  const input: unknown = request.body;
  const asked = readWsFedRequest(input, realms);
  const open = await parts.sessions.find(request, CHANNELS);
  const step = await takeAnswer(input, wantedSignIn(side, asked, open), parts);
  await takeStep(step, side, asked, response);
}

async function takeStep(
  step: SignInStep,
  side: MountedWsFed,
  asked: WsFedRequest,
  response: Response,
): Promise<void> {
  if (step.kind === "page") sendPage(response, 200, step.html);
  else if (step.kind === "cancelled") showCancelled(response, asked.realm);
  else await vouch(side, asked, await side.parts.sessions.start(response, step.signedIn), response);
}
