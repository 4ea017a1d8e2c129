import { CLOCK_SKEW_SECONDS } from "./access.ts";
import { attributeOf, childrenOf, onlyChild, parseRoot, textOf } from "./saml-dom.ts";

/** What a service provider expects of an answer to its own request. */
export interface SamlExpectation {
  /** Entity id of the IdP. */
  readonly issuer: string;
  /** Its own assertion consumer service. */
  readonly acs: string;
  /** Ids of the requests that this browser has under way. */
  readonly requestIds: readonly string[];
  /** Seconds since the epoch. */
  readonly now: number;
}

/** What a believed assertion says. */
export interface SamlSignIn {
  readonly user: string;
  readonly classRef: string | undefined;
  readonly authenticatedAt: number | undefined;
}

const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/**
 * Checks what node-saml leaves to its user once the signatures, the audience and the times hold: status, Destination,
 * Recipient, issuers, confirmation method, InResponseTo of the confirmation, number of statements.
 *
 * @param responseXml the Response, whose signature was verified
 * @param assertionXml the assertion, as it was verified
 * @throws Error with the reason
 * @see SAML profiles 4.1.4.3, SAML bindings 3.5.5.2
 */
export function checkSamlResponse(
  responseXml: string,
  assertionXml: string,
  expected: SamlExpectation,
): SamlSignIn {
  const response = parseRoot(responseXml);
  const assertion = parseRoot(assertionXml);
  checkEnvelope(response, expected);
  same("Issuer of the assertion", textOf(onlyChild(assertion, "assertion", "Issuer")), expected.issuer);
  const subject = onlyChild(assertion, "assertion", "Subject");
  checkConfirmation(subject, expected);
  const user = textOf(onlyChild(subject, "assertion", "NameID"));
  if (user === undefined || user === "") throw new Error("the assertion names nobody");
  return { user, ...readStatement(assertion, expected.now) };
}

function checkEnvelope(response: Element, { issuer, acs }: SamlExpectation): void {
  const status = onlyChild(response, "protocol", "Status");
  same("status", attributeOf(onlyChild(status, "protocol", "StatusCode"), "Value"), SUCCESS);
  same("Destination", attributeOf(response, "Destination"), acs);
  same("Issuer of the response", textOf(onlyChild(response, "assertion", "Issuer")), issuer);
}

function checkConfirmation(subject: Element | undefined, expected: SamlExpectation): void {
  const bearers = childrenOf(subject, "assertion", "SubjectConfirmation").filter(
    (confirmation) => attributeOf(confirmation, "Method") === BEARER,
  );
  if (bearers.length !== 1) throw new Error("the assertion has not exactly one bearer confirmation");
  const data = onlyChild(bearers[0], "assertion", "SubjectConfirmationData");
  same("Recipient", attributeOf(data, "Recipient"), expected.acs);
  const requestId = attributeOf(data, "InResponseTo") ?? "absent";
  if (!expected.requestIds.includes(requestId)) {
    throw new Error(`InResponseTo of the confirmation is ${requestId}; no such request is under way`);
  }
  const end = readInstant(attributeOf(data, "NotOnOrAfter"));
  if (end === undefined || end + CLOCK_SKEW_SECONDS <= expected.now) {
    throw new Error("the confirmation has expired, or has no end");
  }
}

function readStatement(assertion: Element, now: number): Omit<SamlSignIn, "user"> {
  const statement = onlyChild(assertion, "assertion", "AuthnStatement");
  if (statement === undefined) throw new Error("the assertion has not exactly one AuthnStatement");
  const context = onlyChild(statement, "assertion", "AuthnContext");
  const authenticatedAt = readInstant(attributeOf(statement, "AuthnInstant"));
  if (authenticatedAt !== undefined && authenticatedAt > now + CLOCK_SKEW_SECONDS) {
    throw new Error("AuthnInstant lies in the future");
  }
  return { classRef: textOf(onlyChild(context, "assertion", "AuthnContextClassRef")), authenticatedAt };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** SAML core 1.3.3: UTC, written with Z. */
function readInstant(text: string | undefined): number | undefined {
  if (text === undefined || !INSTANT.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

function same(what: string, found: string | undefined, wanted: string): void {
  if (found !== wanted) throw new Error(`${what} is ${found ?? "absent"}, expected ${wanted}`);
}
