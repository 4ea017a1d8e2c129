import { attributeOf, childrenOf, elementsOf, isNamed, NAMESPACE, onlyChild, textOf } from "./token-xml.ts";

/** One attribute under its whole claim type. */
interface TokenClaim {
  readonly type: string;
  readonly values: readonly string[];
}

/** What a federated domain reads of a token, in either version of SAML. */
export interface FederatedToken {
  readonly version: "1.1" | "2.0";
  readonly id: string;
  readonly issuer: string | undefined;
  /** Of every statement, each once. */
  readonly nameIds: readonly string[];
  readonly confirmationMethods: readonly string[];
  /** `Recipient` of the confirmations, where there is one. */
  readonly recipients: readonly string[];
  readonly notBefore: string | undefined;
  readonly notOnOrAfter: string | undefined;
  /** One list for each restriction. */
  readonly audiences: readonly (readonly string[])[];
  readonly authentications: readonly { readonly methods: readonly string[]; readonly instant?: string }[];
  readonly claims: readonly TokenClaim[];
}

/** Conditions that a federated domain understands; whoever does not understand one must refuse the token. */
const KNOWN_CONDITIONS: Readonly<Record<FederatedToken["version"], readonly string[]>> = {
  "1.1": ["AudienceRestrictionCondition", "DoNotCacheCondition"],
  "2.0": ["AudienceRestriction", "OneTimeUse", "ProxyRestriction"],
};

function atMostOne(parent: Element, name: string): Element | undefined {
  const [first, second] = childrenOf(parent, name);
  if (second !== undefined) throw new Error(`${parent.localName} holds more than one ${name}`);
  return first;
}

function conditionsOf(token: Element, version: FederatedToken["version"]) {
  const conditions = atMostOne(token, "Conditions");
  if (conditions === undefined) throw new Error("the token has no Conditions");
  const unknown = elementsOf(conditions).find(
    ({ namespaceURI, localName }) =>
      namespaceURI !== token.namespaceURI || !KNOWN_CONDITIONS[version].includes(localName),
  );
  if (unknown !== undefined) throw new Error(`the condition ${unknown.localName} is not understood`);
  const restriction = version === "1.1" ? "AudienceRestrictionCondition" : "AudienceRestriction";
  return {
    notBefore: attributeOf(conditions, "NotBefore"),
    notOnOrAfter: attributeOf(conditions, "NotOnOrAfter"),
    audiences: childrenOf(conditions, restriction).map((one) => childrenOf(one, "Audience").map(textOf)),
  };
}

function claimsOf(token: Element, typeOf: (attribute: Element) => string): readonly TokenClaim[] {
  return childrenOf(token, "AttributeStatement")
    .flatMap((statement) => childrenOf(statement, "Attribute"))
    .map((attribute) => ({
      type: typeOf(attribute),
      values: childrenOf(attribute, "AttributeValue").map(textOf),
    }));
}

function withInstant(methods: readonly string[], instant: string | undefined) {
  return instant === undefined ? { methods } : { methods, instant };
}

/** In SAML 1.1 each statement names its subject, and a claim type is split in two. */
function readSaml1(token: Element): FederatedToken {
  const number = `${attributeOf(token, "MajorVersion") ?? ""}.${attributeOf(token, "MinorVersion") ?? ""}`;
  if (number !== "1.1") throw new Error(`the token has version ${number}, expected 1.1`);
  const subjects = elementsOf(token)
    .filter(({ localName }) => localName.endsWith("Statement"))
    .map((statement) => {
      const subject = atMostOne(statement, "Subject");
      if (subject !== undefined) return subject;
      throw new Error(`${statement.localName} names no subject`);
    });
  const confirmations = subjects.flatMap((subject) => childrenOf(subject, "SubjectConfirmation"));
  const names = subjects.flatMap((subject) => childrenOf(subject, "NameIdentifier")).map(textOf);
  return {
    version: "1.1",
    id: attributeOf(token, "AssertionID") ?? "",
    issuer: attributeOf(token, "Issuer"),
    nameIds: [...new Set(names)],
    confirmationMethods: confirmations.flatMap((one) => childrenOf(one, "ConfirmationMethod").map(textOf)),
    recipients: [],
    ...conditionsOf(token, "1.1"),
    authentications: childrenOf(token, "AuthenticationStatement").map((statement) => {
      const method = attributeOf(statement, "AuthenticationMethod");
      return withInstant(
        method === undefined ? [] : [method],
        attributeOf(statement, "AuthenticationInstant"),
      );
    }),
    claims: claimsOf(token, (attribute) => {
      const name = attributeOf(attribute, "AttributeName") ?? "";
      return `${attributeOf(attribute, "AttributeNamespace") ?? ""}/${name}`;
    }),
  };
}

function readSaml2(token: Element): FederatedToken {
  const number = attributeOf(token, "Version") ?? "none";
  if (number !== "2.0") throw new Error(`the token has version ${number}, expected 2.0`);
  const subject = atMostOne(token, "Subject");
  const confirmations = subject === undefined ? [] : childrenOf(subject, "SubjectConfirmation");
  const data = confirmations.flatMap((one) => childrenOf(one, "SubjectConfirmationData"));
  const issuer = onlyChild(token, "Issuer");
  return {
    version: "2.0",
    id: attributeOf(token, "ID") ?? "",
    issuer: issuer === undefined ? undefined : textOf(issuer),
    nameIds: subject === undefined ? [] : childrenOf(subject, "NameID").map(textOf),
    confirmationMethods: confirmations.map((one) => attributeOf(one, "Method") ?? ""),
    recipients: data.flatMap((one) => attributeOf(one, "Recipient") ?? []),
    ...conditionsOf(token, "2.0"),
    authentications: childrenOf(token, "AuthnStatement").map((statement) => {
      const context = onlyChild(statement, "AuthnContext");
      const classes = context === undefined ? [] : childrenOf(context, "AuthnContextClassRef");
      return withInstant(classes.map(textOf), attributeOf(statement, "AuthnInstant"));
    }),
    claims: claimsOf(token, (attribute) => attributeOf(attribute, "Name") ?? ""),
  };
}

/**
 * Reads a verified token.
 *
 * @throws Error with the reason when it cannot be read in one way only
 */
export function readToken(token: Element): FederatedToken {
  return isNamed(token, NAMESPACE.saml1, "Assertion") ? readSaml1(token) : readSaml2(token);
}
