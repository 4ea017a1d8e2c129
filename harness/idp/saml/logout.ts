import type { Request, Response } from "express";
import type { Emission } from "../../emission/emission.ts";
import {
  emitSamlLogoutResponse,
  newMessageId,
  samlLogoutRequestXml,
  type SamlLogoutEnvelope,
} from "../../emission/saml/logout.ts";
import { STATUS } from "../../emission/saml/names.ts";
import { isOnThisMachine } from "../answer-address.ts";
import { sendPage } from "../pages/layout.ts";
import { renderMessage } from "../pages/message-page.ts";
import { RequestRefusal } from "../refusal.ts";
import type { OpenSession } from "../sign-in/sessions.ts";
import { type Envelope, type Received, receive } from "./inbox.ts";
import { LOGOUT_REQUEST, LOGOUT_RESPONSE, type LogoutRequest } from "./logout-message.ts";
import { samlEntityId } from "./metadata.ts";
import type { MessageBinding } from "./message.ts";
import { sendMessage } from "./outbox.ts";
import type { Participant } from "./participants.ts";
import type { Shelf, Store } from "../store/store.ts";
import { SAML_CHANNELS, type MountedSaml } from "./single-sign-on.ts";

/** Where the answer to a LogoutRequest goes, and by which binding. */
interface AnswerPlace {
  readonly binding: MessageBinding;
  readonly location: string;
}

/** A service provider that asked for a logout, and what it has to be answered. */
interface Initiator {
  readonly request: LogoutRequest;
  /** Undefined: nobody said where; the person sees a page. */
  readonly place: AnswerPlace | undefined;
  readonly relayState: string | undefined;
}

/** What became of one service provider of the session. */
interface Outcome {
  readonly application: string;
  readonly result: "signed out" | "did not sign out" | "takes no messages about logout";
}

/** A logout that is under way: who has been told, and who is still to be. */
interface Logout {
  readonly session: string;
  readonly emission: Emission;
  /** What the emission was chosen by. */
  readonly choice: string;
  /** Undefined: it started here. */
  readonly initiator: Initiator | undefined;
  readonly waiting: readonly Participant[];
  readonly outcomes: readonly Outcome[];
}

/** A logout that waits for the answer of one service provider. */
interface Pending extends Logout {
  readonly asked: Participant;
}

/** Logouts that wait, by the ID of the request that has to be answered. */
export type PendingLogouts = Shelf<Pending>;

/** Everything that a step of a logout has to do with. */
export interface LogoutVisit {
  readonly side: MountedSaml;
  readonly pending: PendingLogouts;
  readonly request: Request;
  readonly response: Response;
}

/** Who answers when no emission is on offer, which cannot be: a built-in one always is. */
const NOTHING_SPECIAL: Emission = {
  channel: "saml",
  profile: "password-and-otp",
  patch: [],
  tamper: [],
  key: "published",
  ignore: [],
};

/** Logouts that are kept at a time; a service provider that never answers leaves one behind. */
const BOUNDS = { limit: 1000, ttlSeconds: 3600 };

/** Makes the list of logouts that wait; none does. */
export function makePendingLogouts(store: Store): PendingLogouts {
  return store.shelf("saml-logouts", BOUNDS);
}

/** A LogoutRequest by the user agent has to be signed, SAML profiles §4.4.4.1, where keys to check it are known. */
const always = (): boolean => true;

function envelopeTo(destination: string, { parts }: MountedSaml): SamlLogoutEnvelope {
  return { issuer: samlEntityId(parts.base()), destination, now: parts.now() };
}

/**
 * Where the answer goes: as the metadata says, by the binding of the request if there is a choice; for a service
 * provider that nobody registered, where the parameter `slo` of the endpoint's URL says, as long as that is on this
 * machine.
 */
function placeOf(
  { message, sender }: Received<LogoutRequest>,
  binding: MessageBinding,
  request: Request,
): AnswerPlace | undefined {
  if (sender !== undefined) {
    const { logoutServices } = sender;
    const service = logoutServices.find((one) => one.binding === binding) ?? logoutServices[0];
    return service === undefined ? undefined : { ...service, location: service.responseLocation };
  }
  const { slo } = request.query;
  if (typeof slo !== "string") return undefined;
  if (isOnThisMachine(slo)) return { binding, location: slo };
  throw new RequestRefusal(`${message.issuer} is not registered, and ${slo} is not on this machine`);
}

/** Status codes of a request that ends nothing; undefined: it may. */
async function objection(
  { issuer, nameId, notOnOrAfter }: LogoutRequest,
  { parts, participants }: MountedSaml,
  open: OpenSession | undefined,
): Promise<readonly string[] | undefined> {
  if (notOnOrAfter !== undefined && notOnOrAfter <= parts.now())
    return [STATUS.requester, STATUS.requestDenied];
  if (open === undefined) return undefined;
  const told = await participants.namesTold(open.session, issuer);
  const known = told.length === 0 ? [open.performed.user] : told;
  return known.includes(nameId) ? undefined : [STATUS.requester, STATUS.unknownPrincipal];
}

function showOutcomes(response: Response, outcomes: readonly Outcome[]): void {
  const facts = Object.fromEntries(outcomes.map(({ application, result }) => [application, result]));
  const rows = { "This identity provider": "signed out", ...facts };
  sendPage(response, 200, renderMessage("Signed out", rows));
}

async function answer(
  { side, response }: LogoutVisit,
  { initiator, emission, choice }: Pick<Logout, "initiator" | "emission" | "choice">,
  codes: readonly string[],
): Promise<void> {
  if (initiator?.place === undefined) return;
  const { place, request, relayState } = initiator;
  const xml = emitSamlLogoutResponse(emission, envelopeTo(place.location, side), request.id, codes);
  const message = { parameter: "SAMLResponse", xml, ...place, relayState } as const;
  side.parts.choices.handOut(choice, "samlLogoutResponse");
  await sendMessage(response, message, await side.credentials.signer(emission.key));
}

async function finish(visit: LogoutVisit, logout: Logout): Promise<void> {
  const { initiator, outcomes } = logout;
  if (initiator?.place === undefined) {
    showOutcomes(visit.response, outcomes);
    return;
  }
  const all = outcomes.every(({ result }) => result === "signed out");
  await answer(visit, logout, all ? [STATUS.success] : [STATUS.success, STATUS.partialLogout]);
}

/** Asks the next service provider that can be asked; after the last one it answers whoever began. */
async function proceed(visit: LogoutVisit, logout: Logout): Promise<void> {
  const { side, pending, response } = visit;
  const registered = await side.serviceProviders;
  const [asked, ...waiting] = logout.waiting;
  if (asked === undefined) {
    await finish(visit, logout);
    return;
  }
  const [service] = registered.get(asked.application)?.logoutServices ?? [];
  if (service === undefined) {
    const outcome: Outcome = { application: asked.application, result: "takes no messages about logout" };
    await proceed(visit, { ...logout, waiting, outcomes: [...logout.outcomes, outcome] });
    return;
  }
  const id = newMessageId();
  await pending.put(id, { ...logout, waiting, asked });
  const { binding, location } = service;
  const subject = { name: asked.name, sessionIndex: logout.session };
  const xml = samlLogoutRequestXml(id, envelopeTo(location, side), subject);
  const message = { parameter: "SAMLRequest", xml, binding, location, relayState: undefined } as const;
  await sendMessage(response, message, await side.credentials.signer("published"));
}

/** Ends the session of the user agent and asks every service provider that was told of it to do so too. */
export async function logOutHere(visit: LogoutVisit): Promise<void> {
  const { side, request, response } = visit;
  const open = await side.parts.sessions.find(request, SAML_CHANNELS);
  if (open === undefined) {
    sendPage(response, 200, renderMessage("Signed out", { Session: "Nobody was signed in." }));
    return;
  }
  await side.parts.sessions.end(request, response);
  const { session, emission, choice } = open;
  const waiting = await side.participants.of(session);
  await proceed(visit, { session, emission, choice, initiator: undefined, waiting, outcomes: [] });
}

async function takeRequest(visit: LogoutVisit, opened: Envelope): Promise<void> {
  const { side, request, response } = visit;
  const { sessions, choices } = side.parts;
  const received = await receive(opened, LOGOUT_REQUEST, await side.serviceProviders, always);
  const { message } = received;
  const place = placeOf(received, opened.binding, request);
  const initiator: Initiator = { request: message, place, relayState: opened.relayState };
  const open = await sessions.find(request, SAML_CHANNELS);
  const choice = open?.choice ?? choices.preselected(SAML_CHANNELS);
  const emission = open?.emission ?? choices.get(choice) ?? NOTHING_SPECIAL;
  const codes = await objection(message, side, open);
  if (codes !== undefined) {
    if (place === undefined)
      throw new RequestRefusal(`The LogoutRequest of ${message.issuer} is for another session`);
    await answer(visit, { initiator, emission, choice }, codes);
    return;
  }
  await sessions.end(request, response);
  const session = open?.session ?? "";
  const told = await side.participants.of(session);
  const waiting = told.filter(({ application }) => application !== message.issuer);
  await proceed(visit, { session, emission, choice, initiator, waiting, outcomes: [] });
}

async function takeResponse(visit: LogoutVisit, opened: Envelope): Promise<void> {
  const { message } = await receive(opened, LOGOUT_RESPONSE, await visit.side.serviceProviders, always);
  const { inResponseTo, issuer, status } = message;
  const logout = await visit.pending.get(inResponseTo);
  if (logout?.asked.application !== issuer) {
    throw new RequestRefusal(`The LogoutResponse of ${issuer} answers no request of this IdP`);
  }
  await visit.pending.remove(inResponseTo);
  const result = status === STATUS.success ? "signed out" : "did not sign out";
  await proceed(visit, { ...logout, outcomes: [...logout.outcomes, { application: issuer, result }] });
}

/**
 * Takes a message to the single logout service: a request of a service provider, or its answer to one of ours.
 *
 * @throws RequestRefusal when it can be neither obeyed nor answered
 * @see SAML profiles §4.4
 */
export async function takeLogoutMessage(visit: LogoutVisit, opened: Envelope): Promise<void> {
  await (opened.parameter === "SAMLRequest" ? takeRequest : takeResponse)(visit, opened);
}
