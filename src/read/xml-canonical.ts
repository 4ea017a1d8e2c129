import {
  displayName,
  locate,
  lookUp,
  type NamespaceScope,
  type XmlAttribute,
  type XmlElement,
} from "./xml-element.ts";
import { Refusal } from "./xml-refusal.ts";

/** What a signature says about how to canonicalise. */
export interface CanonicalForm {
  /** Exclusive, or inclusive as Canonical XML 1.0 or 1.1 has it. */
  readonly method: "exclusive" | "inclusive-1.0" | "inclusive-1.1";
  readonly comments: boolean;
  /** Prefixes of the InclusiveNamespaces PrefixList; the empty string is the default namespace. */
  readonly inclusivePrefixes: readonly string[];
}

interface Job extends CanonicalForm {
  readonly omitted: XmlElement | undefined;
  readonly output: string[];
}

const IN_TEXT: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ["\r", "&#xD;"],
]);
const IN_ATTRIBUTE: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  ['"', "&quot;"],
  ["\t", "&#x9;"],
  ["\n", "&#xA;"],
  ["\r", "&#xD;"],
]);

function escapeText(value: string): string {
  return /[&<>\r]/.test(value) ? value.replace(/[&<>\r]/g, (each) => IN_TEXT.get(each) ?? each) : value;
}

/** An attribute value as canonical XML writes it between double quotes (Canonical XML §2.3). */
export function escapeAttribute(value: string): string {
  return /[&<"\t\n\r]/.test(value)
    ? value.replace(/[&<"\t\n\r]/g, (each) => IN_ATTRIBUTE.get(each) ?? each)
    : value;
}

const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;

/** Where a code unit sorts among others: surrogates stand for what is beyond U+FFFF, so they come last. */
function rank(unit: number): number {
  return unit >= FIRST_SURROGATE && unit <= LAST_SURROGATE ? unit + 0x10000 : unit;
}

/** Order by code point, which the comparison of JavaScript, by code unit, is not (Canonical XML §2.2). */
function order(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index += 1) {
    const difference = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function inOrder(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  if (attributes.length < 2) return attributes;
  return attributes.toSorted((a, b) => order(a.namespace, b.namespace) || order(a.local, b.local));
}

/** Attributes of the namespace `xml` that Canonical XML 1.1 §2.4 lets an element have from those around it. */
const SIMPLE_INHERITABLE: readonly string[] = ["lang", "space"];

/** The attributes of the apex: the inclusive forms give it those of the namespace `xml` that stand around it. */
function attributesOfApex(apex: XmlElement, { method }: CanonicalForm): readonly XmlAttribute[] {
  if (method === "exclusive") return apex.attributes;
  const own = apex.attributes.filter(({ prefix }) => prefix === "xml").map(({ local }) => local);
  const around = apex.inherited.filter(({ local }) => !own.includes(local));
  if (method === "inclusive-1.0") return [...apex.attributes, ...around];
  if (apex.inherited.some(({ local }) => local === "base")) {
    // Canonical XML 1.1 joins all of them into one address, which no SAML message has a use for.
    const message = `xml:base stands around ${displayName(apex)}, which canonicalisation 1.1 cannot leave out`;
    throw new Refusal("signature-structure", locate(apex), message);
  }
  return [...apex.attributes, ...around.filter(({ local }) => SIMPLE_INHERITABLE.includes(local))];
}

function visiblyUsed(element: XmlElement): Set<string> {
  const used = new Set([element.prefix]);
  for (const { prefix } of element.attributes) if (prefix !== "") used.add(prefix);
  return used;
}

/** Prefixes declared on an element or, where nothing around it is in the output, anywhere around it. */
function declaredSince({ scope }: XmlElement, rendered: NamespaceScope | undefined): Set<string> {
  const prefixes = new Set<string>();
  for (let entry = scope; entry !== undefined && entry !== rendered; entry = entry.outer) {
    prefixes.add(entry.prefix);
  }
  return prefixes;
}

function wantedPrefixes(element: XmlElement, rendered: NamespaceScope | undefined, job: Job): Set<string> {
  if (job.method !== "exclusive") return declaredSince(element, rendered);
  const prefixes = visiblyUsed(element);
  for (const prefix of job.inclusivePrefixes) {
    if (prefix === "" || lookUp(element.scope, prefix) !== undefined) prefixes.add(prefix);
  }
  return prefixes;
}

/** Writes the declarations an element needs and returns what is declared in the output from here on. */
function writeNamespaces(element: XmlElement, rendered: NamespaceScope | undefined, job: Job) {
  const prefixes = wantedPrefixes(element, rendered, job);
  prefixes.delete("xml");
  let declared = rendered;
  for (const prefix of prefixes.size > 1 ? [...prefixes].toSorted(order) : prefixes) {
    const uri = lookUp(element.scope, prefix) ?? "";
    if ((lookUp(rendered, prefix) ?? "") === uri) continue;
    job.output.push(prefix === "" ? ' xmlns="' : ` xmlns:${prefix}="`, escapeAttribute(uri), '"');
    declared = { prefix, uri, outer: declared, size: 0 };
  }
  // Inclusive: all that is in scope has been written now.
  return job.method === "exclusive" ? declared : element.scope;
}

function write(
  element: XmlElement,
  attributes: readonly XmlAttribute[],
  rendered: NamespaceScope | undefined,
  job: Job,
): void {
  const { output } = job;
  const name = element.prefix === "" ? element.local : `${element.prefix}:${element.local}`;
  output.push("<", name);
  const declared = writeNamespaces(element, rendered, job);
  for (const { prefix, local, value } of inOrder(attributes)) {
    output.push(prefix === "" ? ` ${local}="` : ` ${prefix}:${local}="`, escapeAttribute(value), '"');
  }
  output.push(">");
  for (const child of element.children) {
    if (child.kind === "text") output.push(escapeText(child.value));
    else if (child.kind === "element") {
      if (child !== job.omitted) write(child, child.attributes, declared, job);
    } else if (job.comments) output.push("<!--", child.value, "-->");
  }
  output.push("</", name, ">");
}

/**
 * Canonical form of an element and all inside it, but for one omitted element.
 *
 * @param element apex of the subtree; what was declared around it is known from its scope
 * @param form exclusive or inclusive, whether comments stay, and which prefixes are treated inclusively
 * @param omitted what the enveloped-signature transform takes out
 * @throws Refusal of kind `signature-structure` for what the form cannot be written of
 * @see Exclusive XML Canonicalization §3, Canonical XML §2.3, §2.4, Canonical XML 1.1 §2.4
 */
export function canonicalize(element: XmlElement, form: CanonicalForm, omitted?: XmlElement): string {
  const output: string[] = [];
  write(element, attributesOfApex(element, form), undefined, { ...form, omitted, output });
  return output.join("");
}
