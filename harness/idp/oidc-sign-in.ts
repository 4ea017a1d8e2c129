import type { Request, Response } from "express";
import type { Provider } from "oidc-provider";
import type { Channel } from "../emission/channels.ts";
import { oidcProfile } from "../emission/profiles/oidc.ts";
import type { OidcEngine } from "./oidc-engine.ts";
import { askedAcrValues } from "./oidc-policy.ts";
import type { SignIn } from "./oidc-sign-ins.ts";
import { sendPage } from "./pages/layout.ts";
import { DEFAULT_USER, type SignInHint } from "./pages/sign-in-page.ts";
import type { IdpParts } from "./parts.ts";
import { renderFirstPage, takeAnswer, type WantedSignIn } from "./sign-in.ts";

type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;

/** Emissions that an OIDC sign-in can make. */
const CHANNELS: readonly Channel[] = ["oidc", "partner-api"];

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

function wantedSignIn(request: Request, { params }: Interaction): WantedSignIn {
  return {
    resume: request.originalUrl,
    protocol: "OpenID Connect",
    application: text(params["client_id"]) ?? "",
    hints: hintsOf(params),
    user: text(params["login_hint"]) ?? DEFAULT_USER,
    channels: CHANNELS,
  };
}

/** Shows the sign-in page of an authorization request. */
export async function showSignIn(
  request: Request,
  response: Response,
  { provider }: OidcEngine,
  parts: IdpParts,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response);
  sendPage(response, 200, renderFirstPage(wantedSignIn(request, interaction), parts));
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
  const { request, response, engine } = context;
  const { emission, user, at, acrValues } = signIn;
  const profile = emission.channel === "oidc" ? emission.profile : "password-and-otp";
  const { acr } = oidcProfile(profile, { authenticatedAt: at, acrValues });
  const login = { accountId: user, remember: false, ...(typeof acr === "string" ? { acr } : {}) };
  engine.signIns.put(interaction.uid, signIn);
  const result = { login, consent: {} };
  const next = await engine.provider.interactionResult(request, response, result);
  await leaveOtherUser(interaction, user, engine.provider);
  return next;
}

interface AnswerContext {
  readonly request: Request;
  readonly response: Response;
  readonly engine: OidcEngine;
}

/** Takes the answer of the sign-in page and sends the user agent on. */
export async function answerSignIn(
  request: Request,
  response: Response,
  engine: OidcEngine,
  parts: IdpParts,
): Promise<void> {
  const { provider } = engine;
  const interaction = await provider.interactionDetails(request, response);
  const step = takeAnswer(request.body, wantedSignIn(request, interaction), parts);
  if (step.kind === "page") {
    sendPage(response, 200, step.html);
    return;
  }
  if (step.kind === "cancelled") {
    const error = { error: "access_denied", error_description: "the person cancelled the sign-in" };
    response.redirect(303, await provider.interactionResult(request, response, error));
    return;
  }
  const { performed, ...said } = step.signedIn;
  const { user, at } = performed;
  const signIn = { ...said, user, at, performed, acrValues: askedAcrValues(interaction.params) };
  response.redirect(303, await finish(signIn, interaction, { request, response, engine }));
}
