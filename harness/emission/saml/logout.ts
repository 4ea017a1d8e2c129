import { randomBytes } from "node:crypto";
import { z } from "zod";
import { HarnessError } from "../../errors.ts";
import type { Emission } from "../emission.ts";
import { type RawText, textOfRaw } from "../json-text.ts";
import type { SamlLogoutResponseModel } from "../model.ts";
import { patched } from "../patch.ts";
import type { SamlName } from "../profiles/saml.ts";
import { ASSERTION_NAMESPACE, PROTOCOL_NAMESPACE } from "./names.ts";
import { type Attributes, dateTime, element, textElement } from "../xml/xml.ts";

/** A message about logout: from whom, where to. */
export interface SamlLogoutEnvelope {
  /** Entity id of the mock IdP. */
  readonly issuer: string;
  readonly destination: string;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** Whose session a service provider is asked to end. */
export interface SamlLogoutSubject {
  /** As the service provider was told it. */
  readonly name: SamlName;
  readonly sessionIndex: string;
}

const VERSION = "2.0";
const VALID_SECONDS = 300;
const NAMESPACES = { "xmlns:samlp": PROTOCOL_NAMESPACE, "xmlns:saml": ASSERTION_NAMESPACE };

const raw = z.custom<RawText>((value) => textOfRaw(value) !== undefined);
const text = z.union([z.string(), raw], "expected a string");

const responseSchema = z.strictObject({
  id: text.optional(),
  version: text.optional(),
  destination: text.optional(),
  inResponseTo: text.optional(),
  issueInstant: z.union([z.number(), text], "expected seconds since the epoch or a string").optional(),
  issuer: text.optional(),
  status: z.array(text).optional(),
  statusMessage: text.optional(),
});

/** An XML id that nobody can guess. */
export function newMessageId(): string {
  return `_${randomBytes(16).toString("hex")}`;
}

/**
 * Writes a request to end a session.
 *
 * @throws HarnessError when a value cannot be written in XML
 * @see SAML core §3.7.1
 */
export function samlLogoutRequestXml(
  id: string,
  { issuer, destination, now }: SamlLogoutEnvelope,
  { name, sessionIndex }: SamlLogoutSubject,
): string {
  const { nameId, format, nameQualifier, spNameQualifier } = name;
  const attributes = {
    ...NAMESPACES,
    ID: id,
    Version: VERSION,
    IssueInstant: dateTime(now),
    Destination: destination,
    NotOnOrAfter: dateTime(now + VALID_SECONDS),
  };
  return element("samlp:LogoutRequest", attributes, [
    textElement("saml:Issuer", issuer),
    textElement("saml:NameID", nameId, {
      NameQualifier: nameQualifier,
      SPNameQualifier: spNameQualifier,
      Format: format,
    }),
    textElement("samlp:SessionIndex", sessionIndex),
  ]);
}

function checked(model: SamlLogoutResponseModel | undefined): SamlLogoutResponseModel {
  const result = responseSchema.safeParse(model);
  if (model !== undefined && result.success) return model;
  const problems = result.error?.issues.map(({ path, message }) => `/${path.join("/")}: ${message}`);
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `After the patches this is no SAML logout response: ${problems?.join("; ")}`,
    "Patch only members that a logout response has, with a string, a time or a list as it stands there.",
  );
}

function status({ status: codes, statusMessage }: SamlLogoutResponseModel): string {
  if (codes === undefined) return "";
  const nested = codes.reduceRight<string>(
    (inner, code) => element("samlp:StatusCode", { Value: code }, [inner]),
    "",
  );
  return element("samlp:Status", {}, [nested, textElement("samlp:StatusMessage", statusMessage)]);
}

/**
 * Writes what an emission answers to a LogoutRequest.
 *
 * @param codes status codes, outermost first
 * @throws HarnessError when a patch does not fit
 * @see SAML core §3.7.2
 */
export function emitSamlLogoutResponse(
  { patch }: Emission,
  { issuer, destination, now }: SamlLogoutEnvelope,
  inResponseTo: string,
  codes: readonly string[],
): string {
  const baseline: SamlLogoutResponseModel = {
    id: newMessageId(),
    version: VERSION,
    destination,
    inResponseTo,
    issueInstant: now,
    issuer,
    status: [...codes],
  };
  const model = checked(patched("samlLogoutResponse", baseline, patch));
  const attributes: Attributes = {
    ...NAMESPACES,
    ID: model.id,
    Version: model.version,
    IssueInstant: dateTime(model.issueInstant),
    Destination: model.destination,
    InResponseTo: model.inResponseTo,
  };
  return element("samlp:LogoutResponse", attributes, [
    textElement("saml:Issuer", model.issuer),
    status(model),
  ]);
}
