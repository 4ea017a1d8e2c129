import { CLOCK_SKEW_SECONDS } from "../access.ts";
import { attributeOf, childrenOf, onlyChild, textOf } from "./saml-dom.ts";
import { checkSamlDemands, type SamlDemands } from "./demands.ts";

/** What a service provider expects of an answer to its own request. */
interface SamlExpectation {
  /** Entity id of the IdP. */
  readonly issuer: string;
  /** Its own assertion consumer service. */
  readonly acs: string;
  /** Ids of the requests that this browser has under way. */
  readonly requestIds: readonly string[];
  /** What a request demanded; undefined: nothing. */
  readonly demandsOf: (requestId: string) => SamlDemands | undefined;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** What a believed assertion says. */
export interface SamlSignIn {
  readonly user: string;
  readonly classRef: string | undefined;
  readonly authenticatedAt: number | undefined;
}

/** A Response and its assertion, as they were verified. */
interface SamlAnswer {
  readonly response: Element;
  readonly assertion: Element;
}

/** @throws Error with the reason */
type SamlCheck = (answer: SamlAnswer, expected: SamlExpectation) => void;

const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/** The one bearer confirmation of an assertion. */
function confirmationOf({ assertion }: SamlAnswer): Element | undefined {
  const bearers = childrenOf(
    onlyChild(assertion, "assertion", "Subject"),
    "assertion",
    "SubjectConfirmation",
  ).filter((confirmation) => attributeOf(confirmation, "Method") === BEARER);
  return bearers.length === 1 ? bearers[0] : undefined;
}

function confirmationDataOf(answer: SamlAnswer): Element | undefined {
  return onlyChild(confirmationOf(answer), "assertion", "SubjectConfirmationData");
}

/**
 * What node-saml leaves to its user once the signatures, the audience and the times hold: status, Destination, Recipient,
 * issuers, confirmation method, InResponseTo of the confirmation, number of statements.
 *
 * @see SAML profiles 4.1.4.3, SAML bindings 3.5.5.2
 */
export const SAML_CHECKS = {
  status: ({ response }) => {
    const status = onlyChild(response, "protocol", "Status");
    same("status", attributeOf(onlyChild(status, "protocol", "StatusCode"), "Value"), SUCCESS);
  },
  destination: ({ response }, { acs }) => same("Destination", attributeOf(response, "Destination"), acs),
  responseIssuer: ({ response }, { issuer }) =>
    same("Issuer of the response", textOf(onlyChild(response, "assertion", "Issuer")), issuer),
  assertionIssuer: ({ assertion }, { issuer }) =>
    same("Issuer of the assertion", textOf(onlyChild(assertion, "assertion", "Issuer")), issuer),
  confirmation: (answer) => {
    if (confirmationOf(answer) === undefined) {
      throw new Error("the assertion has not exactly one bearer confirmation");
    }
  },
  recipient: (answer, { acs }) =>
    same("Recipient", attributeOf(confirmationDataOf(answer), "Recipient"), acs),
  inResponseTo: (answer, { requestIds }) => {
    const requestId = attributeOf(confirmationDataOf(answer), "InResponseTo") ?? "absent";
    if (!requestIds.includes(requestId)) {
      throw new Error(`InResponseTo of the confirmation is ${requestId}; no such request is under way`);
    }
  },
  confirmationEnd: (answer, { now }) => {
    const end = readInstant(attributeOf(confirmationDataOf(answer), "NotOnOrAfter"));
    if (end === undefined || end + CLOCK_SKEW_SECONDS <= now) {
      throw new Error("the confirmation has expired, or has no end");
    }
  },
  statement: ({ assertion }, { now }) => {
    const statement = onlyChild(assertion, "assertion", "AuthnStatement");
    if (statement === undefined) throw new Error("the assertion has not exactly one AuthnStatement");
    const authenticatedAt = readInstant(attributeOf(statement, "AuthnInstant"));
    if (authenticatedAt !== undefined && authenticatedAt > now + CLOCK_SKEW_SECONDS) {
      throw new Error("AuthnInstant lies in the future");
    }
  },
  demands: (answer, { demandsOf }) => {
    const demands = demandsOf(attributeOf(confirmationDataOf(answer), "InResponseTo") ?? "");
    if (demands !== undefined)
      checkSamlDemands(demands, { ...nameIn(answer.assertion), ...statedIn(answer.assertion) });
  },
} as const satisfies Readonly<Record<string, SamlCheck>>;

/** A full set of checks, by name. */
export type SamlChecks = Readonly<Record<keyof typeof SAML_CHECKS, SamlCheck>>;

/**
 * Reads who signed in, and how, from an assertion that was checked.
 *
 * @throws Error when it names nobody
 */
export function readSamlSignIn(assertion: Element): SamlSignIn {
  const { nameId } = nameIn(assertion);
  if (nameId === undefined || nameId === "") throw new Error("the assertion names nobody");
  return { user: nameId, ...statedIn(assertion) };
}

function nameIn(assertion: Element) {
  const name = onlyChild(onlyChild(assertion, "assertion", "Subject"), "assertion", "NameID");
  return { nameId: textOf(name), nameIdFormat: attributeOf(name, "Format") };
}

function statedIn(assertion: Element): Omit<SamlSignIn, "user"> {
  const statement = onlyChild(assertion, "assertion", "AuthnStatement");
  const context = onlyChild(statement, "assertion", "AuthnContext");
  return {
    classRef: textOf(onlyChild(context, "assertion", "AuthnContextClassRef")),
    authenticatedAt: readInstant(attributeOf(statement, "AuthnInstant")),
  };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** Reads a time as SAML core 1.3.3 writes it: UTC, with Z. */
export function readInstant(text: string | undefined): number | undefined {
  if (text === undefined || !INSTANT.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}

function same(what: string, found: string | undefined, wanted: string): void {
  if (found !== wanted) throw new Error(`${what} is ${found ?? "absent"}, expected ${wanted}`);
}
