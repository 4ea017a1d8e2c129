import type { Request, Response } from "express";
import type { Emission, Ignorable } from "../../emission/emission.ts";
import {
  persistentName,
  type SamlFailure,
  type SamlName,
  type SamlSignIn,
} from "../../emission/profiles/saml.ts";
import { STATUS, TRANSIENT_NAME_ID } from "../../emission/saml/names.ts";
import { sendPage } from "../pages/layout.ts";
import { sendPostPage } from "../pages/post-page.ts";
import type { SignInHint } from "../pages/sign-in-page.ts";
import type { IdpParts } from "../parts.ts";
import type { SamlSide } from "./side.ts";
import { statedContext } from "./authn-context.ts";
import type { SamlExchange } from "./exchange.ts";
import { samlEntityId } from "./metadata.ts";
import { isForSubject, statedName } from "./name-id.ts";
import type { AuthnRequest } from "./request.ts";
import type { OpenSession } from "../sign-in/sessions.ts";
import { beginSignIn, type SignInStep, takeAnswer, type WantedSignIn } from "../sign-in/sign-in.ts";

/** The SAML side with all that its pages need. */
export interface MountedSaml extends SamlSide {
  readonly parts: IdpParts;
}

/** Channels of the emissions that may answer a request of SAML 2.0. */
export const SAML_CHANNELS = ["saml"] as const;

// Each message names its code, because node-saml shows a person the message alone.
const NOBODY_TO_ASK: SamlFailure = {
  code: STATUS.noPassive,
  message: "NoPassive: nobody is signed in who could be vouched for without being asked.",
};
const CANCELLED: SamlFailure = {
  code: STATUS.authnFailed,
  message: "AuthnFailed: the person cancelled the sign-in.",
};
const NO_SUCH_CONTEXT: SamlFailure = {
  code: STATUS.noAuthnContext,
  message: "NoAuthnContext: the person was not authenticated in the way that was requested.",
};

function hints(request: AuthnRequest | undefined): SignInHint[] {
  if (request === undefined) return [{ name: "Started", value: "here, by no request" }];
  const { classRefs, declRefs, comparison, forceAuthn, nameIdPolicy, subject } = request;
  const name = `RequestedAuthnContext (${comparison ?? "exact"})`;
  return [
    ...[...classRefs, ...declRefs].map((value) => ({ name, value })),
    ...(forceAuthn ? [{ name: "ForceAuthn", value: "true" }] : []),
    ...(subject === undefined ? [] : [{ name: "Subject", value: subject.nameId }]),
    ...(nameIdPolicy?.format === undefined ? [] : [{ name: "NameIDPolicy", value: nameIdPolicy.format }]),
  ];
}

/** The name of a session is nobody's to type. */
function nameIsTyped(subject: SamlName | undefined): subject is SamlName {
  return subject !== undefined && subject.nameId !== "" && subject.format !== TRANSIENT_NAME_ID;
}

function wantedSignIn({ parts }: MountedSaml, { application, request, state }: SamlExchange): WantedSignIn {
  return {
    resume: `${parts.base()}/saml/sign-in`,
    protocol: "SAML 2.0",
    application,
    hints: hints(request),
    state,
    channels: SAML_CHANNELS,
    ...(nameIsTyped(request?.subject) ? { user: request.subject.nameId } : {}),
  };
}

function signInOf({ parts }: MountedSaml, exchange: SamlExchange, user: string): SamlSignIn {
  const { application, request, acs } = exchange;
  const issuer = samlEntityId(parts.base());
  return { issuer, user, audience: application, acs, requestId: request?.id, now: parts.now() };
}

/** Sends a response to where it was asked for. */
function sendAnswer(response: Response, { acs, relayState }: SamlExchange, xml: string): void {
  sendPostPage(response, acs, { SAMLResponse: Buffer.from(xml).toString("base64"), RelayState: relayState });
}

async function fail(
  side: MountedSaml,
  exchange: SamlExchange,
  reason: SamlFailure,
  { choice, response }: { readonly choice: string | undefined; readonly response: Response },
): Promise<void> {
  const failure = await (await side.answers()).fail(reason, signInOf(side, exchange, ""));
  await side.parts.record(choice, failure);
  sendAnswer(response, exchange, failure.artifact);
}

/** Says what the emission of a session says; AuthnInstant and SessionIndex stay those of the sign-in. */
async function vouch(
  side: MountedSaml,
  exchange: SamlExchange,
  open: OpenSession,
  response: Response,
): Promise<void> {
  const { session, choice, emission, performed } = open;
  const context = statedContext(exchange.request, emission);
  if (context.kind === "unsatisfiable") {
    await fail(side, exchange, NO_SUCH_CONTEXT, { choice, response });
    return;
  }
  const { user, at } = performed;
  const stated = statedName(exchange.request, emission, signedInBy(open, exchange));
  if (stated.kind === "impossible") {
    await fail(side, exchange, stated.failure, { choice, response });
    return;
  }
  const name = stated.kind === "name" ? stated.name : persistentName(user);
  const encryption = exchange.serviceProvider?.encryption;
  const issued = await (
    await side.answers()
  ).emit(emission, {
    ...signInOf(side, exchange, user),
    name,
    session: { index: session, authenticatedAt: at },
    ...(context.kind === "class" ? { classRef: context.classRef } : {}),
    ...(encryption === undefined ? {} : { encryption }),
  });
  side.parts.choices.handOut(choice, "samlResponse");
  const asked = exchange.request === undefined ? {} : { asked: namedBy(exchange.request) };
  await side.parts.record(choice, { ...issued, ...asked, performed });
  const told = { ...name, nameId: issued.signedName ?? user };
  await side.participants.add(session, { application: exchange.application, name: told });
  sendAnswer(response, exchange, issued.artifact);
}

/** What a request asks for, by the words of SAML core §3.4.1. */
function namedBy(request: AuthnRequest): Readonly<Record<string, string>> {
  const { classRefs, comparison, forceAuthn, isPassive, subject } = request;
  return {
    ...(classRefs.length === 0 ? {} : { RequestedAuthnContext: classRefs.join(" ") }),
    ...(comparison === undefined ? {} : { Comparison: comparison }),
    ...(forceAuthn ? { ForceAuthn: "true" } : {}),
    ...(isPassive ? { IsPassive: "true" } : {}),
    ...(subject === undefined ? {} : { Subject: subject.nameId }),
    ...policyNamedBy(request),
  };
}

function policyNamedBy({ nameIdPolicy }: AuthnRequest): Readonly<Record<string, string>> {
  if (nameIdPolicy === undefined) return {};
  const { format, spNameQualifier, allowCreate } = nameIdPolicy;
  return {
    NameIDPolicy: format ?? "",
    ...(spNameQualifier === undefined ? {} : { SPNameQualifier: spNameQualifier }),
    ...(allowCreate === undefined ? {} : { AllowCreate: allowCreate }),
  };
}

function obeys(emission: Emission | undefined, request: Ignorable): boolean {
  return emission?.ignore.includes(request) !== true;
}

function signedInBy({ session, performed }: OpenSession, { application }: SamlExchange) {
  return { session, application, user: performed.user };
}

/** Whether a session answers a request without asking the person. */
function suffices(open: OpenSession, exchange: SamlExchange): boolean {
  const { request } = exchange;
  const { emission } = open;
  if (!isForSubject(request, emission, signedInBy(open, exchange))) return false;
  if (request?.forceAuthn === true && obeys(emission, "ForceAuthn")) return false;
  return statedContext(request, emission).kind !== "unsatisfiable";
}

/** Whether nobody may be asked, as the emission sees it that would be chosen unasked. */
function mayNotAsk({ parts }: MountedSaml, request: AuthnRequest | undefined): boolean {
  const preselected = parts.choices.get(parts.choices.preselected(SAML_CHANNELS));
  return request?.isPassive === true && obeys(preselected, "IsPassive");
}

/** Starts a sign-in: answers at once where a session suffices, says so where nobody may be asked, else asks. */
export async function startSignIn(
  side: MountedSaml,
  exchange: SamlExchange,
  request: Request,
  response: Response,
): Promise<void> {
  const { parts } = side;
  const open = await parts.sessions.find(request, SAML_CHANNELS);
  if (open !== undefined && suffices(open, exchange)) {
    await vouch(side, exchange, open, response);
  } else if (mayNotAsk(side, exchange.request)) {
    await fail(side, exchange, NOBODY_TO_ASK, { choice: open?.choice, response });
  } else {
    await takeStep(await beginSignIn(wantedSignIn(side, exchange), parts), side, exchange, response);
  }
}

/** Takes what a page of the sign-in sent back. */
export async function continueSignIn(
  side: MountedSaml,
  exchange: SamlExchange,
  body: unknown,
  response: Response,
): Promise<void> {
  const step = await takeAnswer(body, wantedSignIn(side, exchange), side.parts);
  await takeStep(step, side, exchange, response);
}

async function takeStep(
  step: SignInStep,
  side: MountedSaml,
  exchange: SamlExchange,
  response: Response,
): Promise<void> {
  if (step.kind === "page") {
    sendPage(response, 200, step.html);
  } else if (step.kind === "cancelled") {
    await fail(side, exchange, CANCELLED, { choice: step.choice, response });
  } else {
    await vouch(side, exchange, await side.parts.sessions.start(response, step.signedIn), response);
  }
}
