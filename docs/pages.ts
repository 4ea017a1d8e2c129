import { readFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { coverageOf } from "../harness/cli/coverage.ts";
import { REQUIREMENTS } from "../harness/coverage/requirements/requirements.ts";
import { BUNDLED_SCENARIOS } from "../harness/scenario/bundled.ts";
import { loadScenarios } from "../harness/scenario/load.ts";
import { rules } from "../src/index.ts";
import { cataloguePage } from "./catalogue-page.ts";
import { configurationPage } from "./configuration-page.ts";
import { coveragePage } from "./coverage-page.ts";
import { FLAWS } from "../harness/partner/flawed/flaws.ts";
import { flawedPage } from "./flawed-page.ts";
import { type Declaration, readDeclarations } from "./declarations.ts";
import { NOTE } from "./markdown.ts";
import { readRecords } from "./real-apps/read-records.ts";
import { policiesPage } from "./policies-page.ts";
import { realAppsPage } from "./real-apps-page.ts";
import { requirementsPage } from "./requirements-page.ts";
import { rulesPage } from "./rules-page.ts";
import { scenariosPage } from "./scenario-words.ts";

const CONFIGURATION = new URL("../scenarios/mfa-harness.schema.json", import.meta.url);
const SCENARIO = new URL("../scenarios/scenario.schema.json", import.meta.url);
const SCENARIOS_PAGE = new URL("scenarios.md", import.meta.url);
const POLICY = new URL("../scenarios/policy.schema.json", import.meta.url);
const EXAMPLE = new URL("../test/real-clients/apps/mod-auth-openidc/mfa-harness.yaml", import.meta.url);

/** The generated pages, by their file in this folder; of one, only the end is generated. */
export async function generatedPages(): Promise<Readonly<Record<string, string>>> {
  const scenarios = await loadScenarios([BUNDLED_SCENARIOS]);
  return {
    "api.md": await formatted(
      "api.md",
      apiPage(await readDeclarations(new URL("../src/index.ts", import.meta.url))),
    ),
    "catalogue.md": await formatted("catalogue.md", cataloguePage(scenarios)),
    "configuration.md": await formatted(
      "configuration.md",
      configurationPage(JSON.parse(await readFile(CONFIGURATION, "utf8"))),
    ),
    "coverage.md": await formatted("coverage.md", coveragePage(coverageOf(scenarios))),
    "flawed.md": await formatted("flawed.md", flawedPage(FLAWS)),
    "policies.md": await formatted("policies.md", policiesPage(JSON.parse(await readFile(POLICY, "utf8")))),
    "real-apps.md": await formatted(
      "real-apps.md",
      realAppsPage(await readRecords(), scenarios, await readFile(EXAMPLE, "utf8")),
    ),
    "requirements.md": await formatted("requirements.md", requirementsPage(REQUIREMENTS, rules, scenarios)),
    "rules.md": await formatted("rules.md", rulesPage(rules)),
    "scenarios.md": await formatted(
      "scenarios.md",
      scenariosPage(await readFile(SCENARIOS_PAGE, "utf8"), JSON.parse(await readFile(SCENARIO, "utf8"))),
    ),
  };
}

async function formatted(file: string, text: string): Promise<string> {
  const config = await resolveConfig(new URL(file, import.meta.url));
  return await format(text, { ...config, parser: "markdown" });
}

function apiPage(declarations: readonly Declaration[]): string {
  const sections = [
    { title: "Functions", kind: "function" },
    { title: "Values", kind: "value" },
    { title: "Types", kind: "type" },
  ] as const;
  return [
    "# The library",
    NOTE,
    '`import { … } from "mfa-harness"`. Times are seconds since the epoch. Nothing is fetched, and no clock is read. The same modules run in Node, in a browser and in a worker.',
    ...sections.flatMap(({ title, kind }) => [
      `## ${title}`,
      ...declarations.filter((each) => each.kind === kind).flatMap(section),
    ]),
    "",
  ].join("\n\n");
}

function section({ name, doc, code }: Declaration): readonly string[] {
  return [`### ${name}`, doc, `\`\`\`ts\n${code}\n\`\`\``];
}
