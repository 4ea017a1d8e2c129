import type { Request, Response } from "express";
import type { Provider } from "oidc-provider";
import { oidcProfile } from "../../emission/profiles/oidc.ts";
import type { OidcEngine } from "./engine.ts";
import { SESSION_ELSEWHERE } from "./policy.ts";
import { askedClasses } from "./asked.ts";
import { OIDC_CHANNELS, type SignIn } from "./sign-ins.ts";
import { sendPage } from "../pages/layout.ts";
import { DEFAULT_USER, type SignInHint } from "../pages/sign-in-page.ts";
import type { IdpParts } from "../parts.ts";
import type { OpenSession } from "../sign-in/sessions.ts";
import { renderFirstPage, takeAnswer, type WantedSignIn } from "../sign-in/sign-in.ts";
import type { SignedIn } from "../sign-in/signed-in.ts";

type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;

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

async function wantedSignIn(
  request: Request,
  { uid, params }: Interaction,
  { base, sessions }: IdpParts,
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

/** Shows the sign-in page of an authorization request; whoever signed in by another protocol passes it by. */
export async function showSignIn(
  request: Request,
  response: Response,
  engine: OidcEngine,
  parts: IdpParts,
): Promise<void> {
  const interaction = await engine.provider.interactionDetails(request, response);
  const wanted = await wantedSignIn(request, interaction, parts);
  const { session } = wanted;
  const { ahead } = parts;
  if (session !== undefined && takesAnySession(interaction, session)) {
    const signIn = signInOf(session, interaction);
    response.redirect(303, await finish(signIn, interaction, { request, response, engine, ahead }));
    return;
  }
  sendPage(response, 200, renderFirstPage(wanted, parts));
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

async function finish(signIn: SignIn, interaction: Interaction, context: AnswerContext): Promise<string> {
  const { request, response, engine, ahead } = context;
  const { emission, user, at, acrValues } = signIn;
  const profile = emission.channel === "oidc" ? emission.profile : "password-and-otp";
  const { acr } = oidcProfile(profile, { authenticatedAt: at, acrValues });
  const ts = at - ahead();
  const login = { accountId: user, remember: false, ts, ...(typeof acr === "string" ? { acr } : {}) };
  await engine.signIns.put(interaction.uid, signIn);
  const result = { login, consent: {}, select_account: {} };
  const next = await engine.provider.interactionResult(request, response, result);
  await leaveOtherUser(interaction, user, engine.provider);
  return next;
}

interface AnswerContext {
  readonly request: Request;
  readonly response: Response;
  readonly engine: OidcEngine;
  /** oidc-provider compares times with the machine's clock. */
  readonly ahead: () => number;
}

/** Takes the answer of the sign-in page and sends the user agent on. */
export async function answerSignIn(
  request: Request,
  response: Response,
  engine: OidcEngine,
  parts: IdpParts,
): Promise<void> {
  const { provider } = engine;
  const { ahead } = parts;
  const interaction = await provider.interactionDetails(request, response);
  const wanted = await wantedSignIn(request, interaction, parts);
  const step = await takeAnswer(request.body, wanted, parts);
  if (step.kind === "page") {
    sendPage(response, 200, step.html);
    return;
  }
  if (step.kind === "cancelled") {
    const error = { error: "access_denied", error_description: "the person cancelled the sign-in" };
    response.redirect(303, await provider.interactionResult(request, response, error));
    return;
  }
  await parts.sessions.start(response, step.signedIn);
  const signIn = signInOf(step.signedIn, interaction);
  response.redirect(303, await finish(signIn, interaction, { request, response, engine, ahead }));
}
