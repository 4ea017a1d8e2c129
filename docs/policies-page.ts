import { policies, type Policy, type PolicyName } from "../src/index.ts";
import { NOTE } from "./markdown.ts";
import { cell, readSchema, type Row, rowsOf } from "./schema-table.ts";

const INTRODUCTION =
  "Every word of a policy file, and what each ready-made policy demands. `a.b` is the member `b` of `a`, `a[]` each element of the list `a`; **bold** has to be there. [Judging](judging.md#policies) has an example.";

const EDITOR =
  "An editor with a YAML language server checks the file and completes its words after this first line:";

const LANGUAGE_SERVER =
  "```yaml\n# yaml-language-server: $schema=node_modules/mfa-harness/dist/scenarios/policy.schema.json\nextends: entra-saml\n```";

const DEFAULTS =
  "The default is that of the ready-made policies; one that differs is named. What a file says replaces it; `mfa` is replaced member by member. File names are taken from where the policy file is.";

const IS_FOR: Readonly<Record<PolicyName, string>> = {
  strict:
    "Any artifact: the exact word in the place that a standard gives it, `amr` or the class, and not one second between clocks.",
  oidc: "An ID token of any OpenID provider: `amr` is an array that holds the word.",
  "partner-api": "A v1.0 access token for Partner Center: `amr` is an array that holds the word.",
  "entra-saml": "A SAML 2.0 response as Entra reads it: the class counts, attributes do not.",
  "entra-wsfed":
    "A WS-Federation response as Entra reads it: either URI, as the method of the authentication statement or in the one attribute.",
  "entra-eam":
    "The answer of an external authentication method as Entra reads it: `amr` holds exactly one of these values, `acr` exactly one of those that were asked for ([`eam`](#words)).",
  "saml-attribute": "A SAML 2.0 response as a reader of attributes sees it: the class does not count.",
  "refeds-mfa": "A SAML 2.0 response under the REFEDS MFA profile: the class counts.",
  "saml-any":
    "A SAML 2.0 response whose reader is not known: the class and the attributes count, in any known vocabulary. Taken without `--policy` where another reader than Entra is named.",
  "wsfed-any":
    "A WS-Federation response whose reader is not known: the method and the attributes count, in any known vocabulary. Taken without `--policy` where another reader than Entra is named.",
};

const ALL = Object.entries(policies);

/** The page of every word of a policy file, from its JSON Schema, and of every ready-made policy. */
export function policiesPage(jsonSchema: unknown): string {
  return [
    "# Policies",
    NOTE,
    INTRODUCTION,
    EDITOR,
    LANGUAGE_SERVER,
    "## Words",
    DEFAULTS,
    table(rowsOf(readSchema(jsonSchema))),
    "## Ready-made policies",
    ...ALL.flatMap(([name, policy]) => [`### ${name}`, IS_FOR[nameOf(name)], demands(policy)]),
    "",
  ].join("\n\n");
}

function nameOf(name: string): PolicyName {
  const found = ALL.find(([one]) => one === name)?.[1].id;
  const known = Object.keys(IS_FOR).find((one): one is PolicyName => one === found);
  if (known === undefined) throw new Error(`no policy is called ${name}`);
  return known;
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ word, value, says }) =>
      `| ${word} | ${value} | ${defaultOf(word.replace(/[*`]/g, ""))} | ${cell(says)} |`,
  );
  return ["| word | value | default | says |", "| --- | --- | --- | --- |", ...lines].join("\n");
}

/** The value that most policies have, and those that have another; what `mfa` holds differs in nearly all. */
function defaultOf(word: string): string {
  if (word === "extends" || word === "id" || word.includes(".")) return "";
  if (word === "mfa") return "[as below](#ready-made-policies)";
  const values = ALL.map(([name, policy]) => ({ name, value: shown(memberOf(policy, word)) }));
  const groups = [...Map.groupBy(values, ({ value }) => value)];
  const [[usual] = [""], ...others] = groups.toSorted((a, b) => b[1].length - a[1].length);
  const odd = others.map(([value, own]) => `${own.map(({ name }) => `\`${name}\``).join(", ")}: ${value}`);
  return [usual === "" ? "none" : usual, ...odd].join("; ");
}

/** Everything in a policy that says something, trust and name apart. */
function demands(policy: Policy): string {
  const { id: _, issuers: __, mfa, ...others } = policy;
  const members = [
    ...Object.entries(mfa).map(([name, value]) => [`mfa.${name}`, shown(value)] as const),
    ...Object.entries(others).map(([name, value]) => [name, shown(value)] as const),
  ].filter(([, value]) => value !== "");
  const lines = members.map(([name, value]) => `| \`${name}\` | ${value} |`);
  return ["| word | demanded |", "| --- | --- |", ...lines].join("\n");
}

function memberOf(policy: Policy, member: string): unknown {
  return Object.entries(policy).find(([name]) => name === member)?.[1];
}

/** A value for a table; nothing and an empty list are left empty. */
function shown(value: unknown): string {
  if (value === undefined) return "";
  if (!Array.isArray(value)) return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
  return value.map(attribute).join(", ");
}

function attribute(one: unknown): string {
  if (typeof one === "string") return `\`${one}\``;
  const { name, nameFormats } = { name: "", nameFormats: [], ...(typeof one === "object" ? one : {}) };
  const formats = nameFormats.map((format) => (format === null ? "none" : `\`${String(format)}\``));
  return `\`${name}\` (NameFormat ${formats.join(" or ")})`;
}
