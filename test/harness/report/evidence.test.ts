import { DOMParser } from "@xmldom/xmldom";
import { parse } from "node-html-parser";
import { describe, expect, test } from "vitest";
import { decisionLines } from "../../../harness/report/case-words.ts";
import { type ReporterName, reporters } from "../../../harness/report/reporters.ts";
import { EVIDENT_RUN, INTERRUPTED_RUN } from "../../support/run-events.ts";

function render(name: ReporterName, path: string): string {
  const chunks: string[] = [];
  const reporter = reporters[name]({ write: (text) => void chunks.push(text), columns: undefined, path });
  for (const event of EVIDENT_RUN) reporter(event);
  return chunks.join("");
}

const FOOLED =
  "session: somebody's who did not sign in: the app was fooled, it accepted a message that the judge calls non-compliant";

describe("how sure a decision is, whose session it opened and where the evidence lies", () => {
  test.each(["list", "json", "markdown", "junit", "github", "sarif", "tap", "html"] as const)(
    "%s",
    (name) => {
      const text = render(name, "report.txt").replaceAll("\\", "").replaceAll("&#39;", "'");
      expect(text).toMatch(name === "json" ? /"confidence": "medium"/ : /confidence(?:: |%3A )medium/);
      expect(text).toContain(name === "json" ? `"as": "forged"` : FOOLED);
      expect(text).toMatch(/browser-1-page-1.png/);
      expect(text).toMatch(/browser-1-trace.zip/);
    },
  );

  test("list: of what passed nothing more is said", () => {
    const lines = render("list", "report.txt").split("\n");
    expect(lines.slice(0, 7)).toEqual([
      "ok   first/direct/library  non-compliant 12 ms",
      "FAIL first/protocol/relying-party  non-compliant, accept 12 ms",
      "       decision: accept, expected refuse",
      "       confidence: medium",
      `       ${FOOLED}`,
      "       screenshot of attempt 1: kept/first #1/browser-1-page-1.png",
      "       trace of attempt 1: kept/first #1/browser-1-trace.zip",
    ]);
  });

  test("junit: attachments, as CI servers read them", () => {
    const document = new DOMParser().parseFromString(render("junit", "r.xml"), "text/xml");
    expect(document.getElementsByTagName("system-out")[0]?.textContent).toBe(
      "[[ATTACHMENT|kept/first #1/browser-1-page-1.png]]\n[[ATTACHMENT|kept/first #1/browser-1-trace.zip]]",
    );
  });

  test.each([
    { report: "mfa-report/index.html", folder: "../kept/first%20%231" },
    { report: "index.html", folder: "kept/first%20%231" },
    { report: "kept/index.html", folder: "first%20%231" },
  ])("html: $report links $folder, and says what the page said", ({ report, folder }) => {
    const page = parse(render("html", report));
    expect(page.querySelector("img")?.getAttribute("src")).toBe(`${folder}/browser-1-page-1.png`);
    expect(page.querySelectorAll("#first a").map((link) => link.getAttribute("href"))).toEqual([
      `${folder}/browser-1-page-1.png`,
      `${folder}/browser-1-trace.zip`,
    ]);
    expect(page.querySelector("#first pre")?.text).toBe("Hello <mallory>");
  });
});

const ENDED = INTERRUPTED_RUN.flatMap((event) => (event.type === "case-end" ? [event.result] : []));

const MARKER = "session: that of who signed in";

interface Row {
  readonly decision: "accept" | "refuse" | undefined;
  readonly as: "marker" | "forged" | "nobody";
  readonly rule?: string;
  readonly nameFrom?: "signed-part";
  /** Of the judge; default `non-compliant`, `none`: nothing crossed. */
  readonly verdict?: "compliant" | "none";
  readonly said: string;
}

test.each<Row>([
  { decision: "accept", as: "forged", rule: "saml.signature.structure", said: FOOLED },
  {
    decision: "accept",
    as: "marker",
    nameFrom: "signed-part",
    said: `${MARKER}: the message named somebody else too, and the session is that of the name in its signed part`,
  },
  // A broken signature says nothing of what was used: the forged word may be what let the user in.
  { decision: "accept", as: "marker", rule: "saml.signature.structure", said: MARKER },
  { decision: "accept", as: "marker", rule: "oidc.signature.invalid", said: MARKER },
  { decision: "accept", as: "marker", rule: "wsfed.assertion.unsigned", said: MARKER },
  { decision: "refuse", as: "marker", nameFrom: "signed-part", said: MARKER },
  { decision: "accept", as: "nobody", said: "session: nobody's" },
  { decision: undefined, as: "forged", said: "session: somebody's who did not sign in" },
  // Of a good message nobody was fooled by: the app mixes people up.
  { decision: "accept", as: "forged", verdict: "compliant", said: "session: somebody's who did not sign in" },
  { decision: "accept", as: "forged", verdict: "none", said: "session: somebody's who did not sign in" },
  { decision: "accept", as: "marker", rule: "saml.mfa.absent", said: MARKER },
  {
    decision: "refuse",
    as: "forged",
    rule: "saml.mfa.absent",
    said: "session: somebody's who did not sign in",
  },
  { decision: "refuse", as: "nobody", rule: "saml.mfa.absent", said: "session: nobody's" },
])("$decision as $as with $rule, $nameFrom, $verdict → $said", (row) => {
  const { decision, as, rule = "saml.mfa.absent", nameFrom, verdict: judged = "non-compliant", said } = row;
  const told = ENDED.slice(0, 1).flatMap((result) => {
    const { verdict, observation = { signals: [], exchanges: [] } } = result;
    if (verdict === undefined) return [];
    const findings = verdict.findings.map((finding) => ({ ...finding, rule }));
    return decisionLines({
      ...result,
      ...(nameFrom === undefined ? {} : { nameFrom }),
      observation: { ...observation, decision, as },
      verdict: judged === "none" ? undefined : { ...verdict, verdict: judged, findings },
    });
  });
  expect(told).toEqual([said]);
});
