import { RequestRefusal } from "../refusal.ts";
import type { MessageKind, MessageReader } from "./message.ts";

/** What a LogoutRequest says: whose session its sender wants ended. */
export interface LogoutRequest {
  readonly id: string;
  /** Entity id of the service provider. */
  readonly issuer: string;
  readonly nameId: string;
  /** Empty: every session of this user at the sender. */
  readonly sessionIndexes: readonly string[];
  /** Seconds since the epoch; undefined: the request does not run out. */
  readonly notOnOrAfter: number | undefined;
}

/** What a LogoutResponse says about one of our requests. */
export interface LogoutResponse {
  readonly id: string;
  readonly issuer: string;
  readonly inResponseTo: string;
  /** The outermost status code. */
  readonly status: string;
}

function readTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds))
    throw new RequestRefusal("The LogoutRequest has a NotOnOrAfter that is no time");
  return milliseconds / 1000;
}

function readRequest({ id, issuer, attribute, valueAt, valuesAt }: MessageReader): LogoutRequest {
  const nameId = valueAt("saml:NameID");
  if (!nameId) throw new RequestRefusal("The LogoutRequest has no NameID that is not encrypted");
  return {
    id,
    issuer,
    nameId,
    sessionIndexes: valuesAt("samlp:SessionIndex"),
    notOnOrAfter: readTime(attribute("NotOnOrAfter")),
  };
}

function readResponse({ id, issuer, attribute, valueAt }: MessageReader): LogoutResponse {
  const inResponseTo = attribute("InResponseTo");
  const status = valueAt("samlp:Status/samlp:StatusCode/@Value");
  if (!inResponseTo) throw new RequestRefusal("The LogoutResponse does not say what it answers");
  if (!status) throw new RequestRefusal("The LogoutResponse has no status");
  return { id, issuer, inResponseTo, status };
}

/** A request to end a session, SAML core §3.7.1. */
export const LOGOUT_REQUEST: MessageKind<LogoutRequest> = {
  parameter: "SAMLRequest",
  element: "LogoutRequest",
  read: readRequest,
};

/** What a service provider answers to a request of ours, SAML core §3.7.2. */
export const LOGOUT_RESPONSE: MessageKind<LogoutResponse> = {
  parameter: "SAMLResponse",
  element: "LogoutResponse",
  read: readResponse,
};
