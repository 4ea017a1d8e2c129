import type { Request, Response } from "express";
import type { InteractionResults, Provider } from "oidc-provider";
import { oidcProfile } from "../../emission/profiles/oidc.ts";
import type { OidcEngine } from "./engine.ts";
import { SESSION_ELSEWHERE } from "./policy.ts";
import { askedClasses } from "./asked.ts";
import { OIDC_CHANNELS, type SignIn } from "./sign-ins.ts";
import { sendPage } from "../pages/layout.ts";
import { DEFAULT_USER, type SignInHint } from "../pages/sign-in-page.ts";
import type { IdpParts } from "../parts.ts";
import type { OpenSession } from "../sign-in/sessions.ts";
import { beginSignIn, type SignInStep, takeAnswer, type WantedSignIn } from "../sign-in/sign-in.ts";
import type { SignedIn } from "../sign-in/signed-in.ts";
import type { Interaction } from "./waiting.ts";

const HINTS = ["prompt", "acr_values", "claims", "max_age", "scope", "resource", "login_hint"] as const;

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function hintsOf(params: Readonly<Record<string, unknown>>): SignInHint[] {
  return HINTS.flatMap((name) => {
    const value = text(params[name]);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** A request of the sign-in, and what answers it. */
export interface SignInTurn {
  readonly request: Request;
  readonly response: Response;
  readonly engine: OidcEngine;
  readonly parts: IdpParts;
}

async function wantedSignIn(
  { request, parts: { base, sessions } }: SignInTurn,
  { uid, params }: Interaction,
): Promise<WantedSignIn> {
  return {
    session: await sessions.find(request, OIDC_CHANNELS),
    resume: `${base()}/oidc/sign-in/${uid}`,
    protocol: "OpenID Connect",
    application: text(params["client_id"]) ?? "",
    hints: hintsOf(params),
    user: text(params["login_hint"]) ?? DEFAULT_USER,
    channels: OIDC_CHANNELS,
  };
}

/** Whether nothing is asked for but that somebody is signed in, by whichever protocol. */
function takesAnySession({ prompt, params }: Interaction, { performed }: OpenSession): boolean {
  const onlyMissing = prompt.reasons.every(
    (reason) => reason === "no_session" || reason === SESSION_ELSEWHERE,
  );
  return onlyMissing && (text(params["login_hint"]) ?? performed.user) === performed.user;
}

/**
 * Meets an authorization request that needs a sign-in: with the page, or at once where somebody signed in by another
 * protocol or nobody is to be asked.
 */
export async function meetSignIn(turn: SignInTurn, interaction: Interaction): Promise<void> {
  const wanted = await wantedSignIn(turn, interaction);
  const { session } = wanted;
  if (session !== undefined && takesAnySession(interaction, session)) {
    await finish(signInOf(session, interaction), interaction, turn);
    return;
  }
  await takeStep(await beginSignIn(wanted, turn.parts), interaction, turn);
}

/** Does the same for whoever comes to the address of the sign-in itself. */
export async function showSignIn(turn: SignInTurn): Promise<void> {
  const { request, response, engine } = turn;
  await meetSignIn(turn, await engine.provider.interactionDetails(request, response));
}

function signInOf({ choice, emission, performed }: SignedIn, { params }: Interaction): SignIn {
  const { values: acrValues } = askedClasses(params, emission);
  return { choice, emission, user: performed.user, at: performed.at, performed, acrValues };
}

/** oidc-provider wants a session to be signed out by a form before another user may take it; here it is just emptied. */
async function leaveOtherUser({ session }: Interaction, user: string, provider: Provider): Promise<void> {
  if (session === undefined || session.accountId === user) return;
  const kept = await provider.Session.findByUid(session.uid);
  if (kept?.accountId === undefined) return;
  delete kept.accountId;
  delete kept.authorizations;
  await kept.persist();
}

/** Goes on with the request that waited, with what came of the sign-in. */
async function goOn(
  result: InteractionResults,
  interaction: Interaction,
  { request, response, engine }: SignInTurn,
): Promise<void> {
  interaction.result = result;
  await interaction.persist();
  await engine.goOn(request, response, interaction);
}

async function finish(signIn: SignIn, interaction: Interaction, turn: SignInTurn): Promise<void> {
  const { engine, parts } = turn;
  const { emission, user, at, acrValues } = signIn;
  const profile = emission.channel === "oidc" ? emission.profile : "password-and-otp";
  const { acr } = oidcProfile(profile, { authenticatedAt: at, acrValues });
  // oidc-provider compares times with the machine's clock.
  const ts = at - parts.ahead();
  const login = { accountId: user, remember: false, ts, ...(typeof acr === "string" ? { acr } : {}) };
  await engine.signIns.put(interaction.uid, signIn);
  await leaveOtherUser(interaction, user, engine.provider);
  const answered = { login, consent: {}, select_account: {} };
  await goOn({ ...interaction.lastSubmission, ...answered }, interaction, turn);
}

async function takeStep(step: SignInStep, interaction: Interaction, turn: SignInTurn): Promise<void> {
  const { response, parts } = turn;
  if (step.kind === "page") {
    sendPage(response, 200, step.html);
  } else if (step.kind === "cancelled") {
    const error = { error: "access_denied", error_description: "the person cancelled the sign-in" };
    await goOn(error, interaction, turn);
  } else {
    await parts.sessions.start(response, step.signedIn);
    await finish(signInOf(step.signedIn, interaction), interaction, turn);
  }
}

/** Takes the answer of the sign-in page and goes on with the request that it belongs to. */
export async function answerSignIn(turn: SignInTurn): Promise<void> {
  const { request, response, engine, parts } = turn;
  const interaction = await engine.provider.interactionDetails(request, response);
  const wanted = await wantedSignIn(turn, interaction);
  await takeStep(await takeAnswer(request.body, wanted, parts), interaction, turn);
}
