import { lookUp, type NamespaceScope, type XmlAttribute, type XmlElement } from "./xml-element.ts";

/** What a signature says about how to canonicalise. */
export interface CanonicalForm {
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

function order(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function inOrder(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  if (attributes.length < 2) return attributes;
  return attributes.toSorted((a, b) => order(a.namespace, b.namespace) || order(a.local, b.local));
}

function visiblyUsed(element: XmlElement): Set<string> {
  const used = new Set([element.prefix]);
  for (const { prefix } of element.attributes) if (prefix !== "") used.add(prefix);
  return used;
}

/** Writes the declarations an element needs and returns what is declared in the output from here on. */
function writeNamespaces(element: XmlElement, rendered: NamespaceScope | undefined, job: Job) {
  const prefixes = visiblyUsed(element);
  for (const prefix of job.inclusivePrefixes) {
    if (prefix === "" || lookUp(element.scope, prefix) !== undefined) prefixes.add(prefix);
  }
  prefixes.delete("xml");
  let declared = rendered;
  for (const prefix of prefixes.size > 1 ? [...prefixes].toSorted(order) : prefixes) {
    const uri = lookUp(element.scope, prefix) ?? "";
    if ((lookUp(rendered, prefix) ?? "") === uri) continue;
    job.output.push(prefix === "" ? ' xmlns="' : ` xmlns:${prefix}="`, escapeAttribute(uri), '"');
    declared = { prefix, uri, outer: declared, size: 0 };
  }
  return declared;
}

function write(element: XmlElement, rendered: NamespaceScope | undefined, job: Job): void {
  const { output } = job;
  const name = element.prefix === "" ? element.local : `${element.prefix}:${element.local}`;
  output.push("<", name);
  const declared = writeNamespaces(element, rendered, job);
  for (const { prefix, local, value } of inOrder(element.attributes)) {
    output.push(prefix === "" ? ` ${local}="` : ` ${prefix}:${local}="`, escapeAttribute(value), '"');
  }
  output.push(">");
  for (const child of element.children) {
    if (child.kind === "text") output.push(escapeText(child.value));
    else if (child.kind === "element") {
      if (child !== job.omitted) write(child, declared, job);
    } else if (job.comments) output.push("<!--", child.value, "-->");
  }
  output.push("</", name, ">");
}

/**
 * Exclusive canonical form of an element and all inside it, but for one omitted element.
 *
 * @param element apex of the subtree; what was declared around it is known from its scope
 * @param form whether comments stay, and which prefixes are treated inclusively
 * @param omitted what the enveloped-signature transform takes out
 * @see Exclusive XML Canonicalization §3
 */
export function canonicalize(element: XmlElement, form: CanonicalForm, omitted?: XmlElement): string {
  const output: string[] = [];
  write(element, undefined, { ...form, omitted, output });
  return output.join("");
}
