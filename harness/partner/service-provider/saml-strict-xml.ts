import { attributeOf, childrenOf, parseRoot } from "./saml-dom.ts";

/** Algorithms that this service provider verifies with: node-saml would take SHA-1 too. */
const ALGORITHMS: ReadonlySet<string> = new Set([
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
  "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
  "http://www.w3.org/2001/04/xmlenc#sha256",
  "http://www.w3.org/2001/04/xmlenc#sha512",
]);

const DECLARATION = /^<\?xml version=["']1\.0["'](?:\s+encoding=["']utf-8["'])?\s*\?>\s*/i;
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const ENTITY = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

function demand(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

/** A time that must be there is checked as empty when it is not. */
function checkInstant(what: string, text: string | undefined): void {
  const holds = text !== undefined && INSTANT.test(text) && !Number.isNaN(Date.parse(text));
  demand(holds, `${what} is ${text ?? "absent"}, which is no time in UTC`);
}

/** No response needs so much, and node-saml takes minutes over a hundred thousand comments. */
const MAX_MARKUP = 20_000;

/**
 * Refuses a message that would cost too much to look into.
 *
 * @param encoded base64, as it was posted
 * @throws Error with the reason
 */
export function checkCost(encoded: string): void {
  const markup = Buffer.from(encoded, "base64").filter((byte) => byte === 0x3c).length;
  demand(markup <= MAX_MARKUP, `the message has ${markup} tags and comments; ${MAX_MARKUP} are the limit`);
}

function checkText(xml: string): void {
  const body = xml.replace(DECLARATION, "");
  demand(!body.includes("<?"), "a processing instruction, or a declaration of another XML, stands there");
  demand(!body.includes("<!DOCTYPE"), "there is a DOCTYPE");
  demand(/^<[^!].*>$/s.test(body.trim()), "text stands outside the message");
}

/** A value in two pieces is read differently by different readers. */
function checkElement(element: Element): void {
  const name = element.localName;
  demand(!(name === "Response" && element.parentNode?.nodeType !== 9), "a Response stands inside another");
  const [text, others] = [
    element.textContent ?? "",
    [...nodesOf(element)].filter((each) => each.nodeType !== 3),
  ];
  demand(!(name === "NameID" && (others.length > 0 || text.trim() === "")), "the NameID is not plain text");
  if (name === "SignatureMethod" || name === "DigestMethod") {
    const algorithm = attributeOf(element, "Algorithm") ?? "absent";
    demand(ALGORITHMS.has(algorithm), `the algorithm ${algorithm} is not allowed`);
  }
  for (const { name: attribute, value } of attributesOf(element)) {
    const relative = attribute.startsWith("xmlns") && value !== "" && !ABSOLUTE.test(value);
    demand(!relative, `the namespace ${value} is relative`);
  }
}

function* nodesOf(parent: Node): Generator<Node> {
  for (let node = parent.firstChild; node !== null; node = node.nextSibling) yield node;
}

function* attributesOf({ attributes }: Element): Generator<Attr> {
  for (let index = 0; index < attributes.length; index += 1) {
    const attribute = attributes.item(index);
    if (attribute !== null) yield attribute;
  }
}

function checkPart(what: string, part: Element): void {
  demand(attributeOf(part, "Version") === "2.0", `the version of the ${what} is not 2.0`);
  checkInstant(`IssueInstant of the ${what}`, attributeOf(part, "IssueInstant"));
  for (const issuer of childrenOf(part, "assertion", "Issuer")) {
    const format = attributeOf(issuer, "Format") ?? ENTITY;
    demand(format === ENTITY, `the Issuer of the ${what} has the format ${format}`);
  }
}

function checkAssertion(assertion: Element): void {
  checkPart("assertion", assertion);
  for (const conditions of childrenOf(assertion, "assertion", "Conditions")) {
    for (const name of ["NotBefore", "NotOnOrAfter"]) {
      if (conditions.hasAttribute(name)) checkInstant(name, attributeOf(conditions, name));
    }
  }
  for (const statement of childrenOf(assertion, "assertion", "AttributeStatement")) {
    demand([...nodesOf(statement)].length > 0, "an AttributeStatement is empty");
  }
}

/**
 * Holds a message to what node-saml lets pass: XML 1.0 without a DOCTYPE or instructions, one Response, values in one
 * piece, SHA-2, and times, versions and issuers as SAML writes them.
 *
 * @throws Error with the reason
 * @see SAML core 1.3.3, 2.3.3, 3.2.2, SAML profiles 4.1.4.2
 */
export function checkStrictly(xml: string): void {
  checkText(xml);
  const response = parseRoot(xml);
  const elements = response.getElementsByTagName("*");
  checkElement(response);
  for (let index = 0; index < elements.length; index += 1) {
    const element = elements.item(index);
    if (element !== null) checkElement(element);
  }
  checkPart("response", response);
  for (const assertion of childrenOf(response, "assertion", "Assertion")) checkAssertion(assertion);
}
