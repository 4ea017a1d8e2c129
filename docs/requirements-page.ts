import { HEADINGS } from "../harness/coverage/requirements/headings.ts";
import type { Requirement } from "../harness/coverage/requirements/requirement.ts";
import type { Scenario } from "../harness/scenario/schema.ts";
import type { RuleInfo } from "../src/index.ts";
import { escapeMarkdown, linkedReferences, NOTE } from "./markdown.ts";

const FAQ = "Partner Center: partner security requirements FAQ";

const INTRODUCTION =
  "What the ids stand for that rules, scenarios and verdicts name: `PSR` is a requirement of the FAQ on the partner security requirements, `PSX` a rule beside it from another page, `F` a failure that was reported from the field. Ids are never renamed or reused. The sentences are ours; what rests on inference says _assumed_.";

const PARTS = [
  {
    prefix: "PSR",
    title: "Requirements of the FAQ",
    says: "The word in bold is what follows where the sentence holds; `advisory` decides nothing, and an exemption goes before everything else.",
  },
  {
    prefix: "PSX",
    title: "Rules beside the FAQ",
    says: "The words are those of the requirements.",
  },
  {
    prefix: "F",
    title: "Failures seen in the field",
    says: "The word in bold is what comes of it: `invisible`, MFA happened and the reader does not see it; `false-claim`, MFA is stated and did not happen; `rejected`, the message or the sign-in is refused; `loop`, the user is asked again and again; `misread`, the reader takes it for something else.",
  },
];

/** As many scenarios as are named of those that are about one id. */
const NAMED = 5;

/** The page of every id of a requirement, with the rules and scenarios that name it. */
export function requirementsPage(
  requirements: readonly Requirement[],
  rules: readonly RuleInfo[],
  scenarios: readonly Scenario[],
): string {
  const entry = (requirement: Requirement): readonly string[] => [
    `### ${requirement.id}`,
    sentence(requirement),
    ...namedBy(requirement.id, rules, scenarios),
  ];
  return [
    "# Requirements",
    NOTE,
    INTRODUCTION,
    ...PARTS.flatMap(({ prefix, title, says }) => [
      `## ${title}`,
      says,
      ...requirements.filter(({ id }) => id.startsWith(`${prefix}-`)).flatMap(entry),
    ]),
    "",
  ].join("\n\n");
}

function sentence({ kind, subject, says, sources }: Requirement): string {
  const headings = sources.flatMap((source) => HEADINGS[source] ?? []);
  const pages = sources.filter((source) => HEADINGS[source] === undefined);
  const faq = headings.length === 0 ? [] : [linkedReferences([FAQ]), ...headings.map((one) => `“${one}”`)];
  const others = pages.length === 0 ? [] : [linkedReferences(pages)];
  const cited = [...(faq.length === 0 ? [] : [`${faq[0]}: ${faq.slice(1).join(", ")}`]), ...others];
  return `**${kind}** · ${escapeMarkdown(subject)}: ${escapeMarkdown(says)} ${cited.join(" · ")}`;
}

function namedBy(id: string, rules: readonly RuleInfo[], scenarios: readonly Scenario[]): readonly string[] {
  const found = rules.filter(({ requirements }) => requirements.includes(id));
  const played = scenarios.filter(
    ({ references, covers }) => references.includes(id) || covers.some((one) => one.endsWith(`/${id}`)),
  );
  const more = played.length > NAMED ? ` and ${played.length - NAMED} more` : "";
  const links = played.slice(0, NAMED).map((one) => `[${one.id}](catalogue.md#${one.id})`);
  return [
    ...(found.length === 0 ? [] : [`Rules: ${found.map(({ id: rule }) => ruleLink(rule)).join(", ")}`]),
    ...(links.length === 0 ? [] : [`Scenarios: ${links.join(", ")}${more}`]),
  ];
}

function ruleLink(rule: string): string {
  return `[\`${rule}\`](rules.md#${rule.replaceAll(".", "")})`;
}
