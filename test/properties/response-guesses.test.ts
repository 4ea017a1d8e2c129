import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  judgeFound,
  judgeSamlResponse,
  judgeWsFedResponse,
  policies,
  type Policy,
  type PolicyName,
} from "../../src/index.ts";
import { BUNDLED_SCENARIOS } from "../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../harness/scenario/load.ts";
import { complaint } from "../support/guess-complaint.ts";
import * as saml from "../support/signed-saml.ts";
import * as steadyIssuer from "../support/steady-issuer.ts";

type Kind = "saml-response" | "ws-fed-response";

/** What the text of a response names, wherever it stands there. */
interface Named {
  /** For whom it is: SAML core §2.5.1.4, SAML 1.1 core §2.3.2.1.3, SAML profiles §4.1.4.2, SAML bindings §3.5.5.2. */
  readonly addressees: readonly string[];
  readonly issuers: readonly string[];
}

const LOGIN = "https://login.microsoftonline.com";
// Entra's page for SAML 2.0 identity providers: its entity id and where it receives responses; SAML/WS-Fed IdP
// federation: its audience with the tenant in it; the national clouds have hosts of their own.
const ENTRA = [
  /^urn:federation:(?:MicrosoftOnline|partner\.microsoftonline\.cn)$/,
  /^https:\/\/login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)\/(?:login\.srf|[0-9a-f-]{36}\/?)$/,
];
// Entra: SAML single sign-on: what it calls itself as an identity provider. It never answers itself.
const ENTRA_ISSUER = /^https:\/\/sts\.windows\.net\/[^/]+\/?$/;

const isEntra = (name: string): boolean => ENTRA.some((each) => each.test(name));
const isNamed = ({ addressees }: Named): boolean => addressees.some((each) => isEntra(each));
const isOtherNamed = ({ addressees, issuers }: Named): boolean =>
  addressees.some((each) => !isEntra(each)) || issuers.some((each) => ENTRA_ISSUER.test(each));

/** Which readings are plausible for which responses: by whom they name, and either where they name nobody. */
const PLAUSIBLE: readonly {
  readonly reader: Readonly<Record<Kind, PolicyName>>;
  readonly when: (named: Named) => boolean;
}[] = [
  {
    reader: { "saml-response": "entra-saml", "ws-fed-response": "entra-wsfed" },
    when: (named) => isNamed(named) || !isOtherNamed(named),
  },
  {
    reader: { "saml-response": "saml-any", "ws-fed-response": "wsfed-any" },
    when: (named) => isOtherNamed(named) || !isNamed(named),
  },
];

function namedIn(xml: string): Named {
  const silent = { warning: ignore, error: ignore, fatalError: ignore };
  const document = new DOMParser({ errorHandler: silent }).parseFromString(xml, "text/xml");
  const elements = Array.from(document.getElementsByTagName("*"));
  const called = (name: string) => elements.filter((each) => each.localName === name);
  const signed = called("Response").filter((each) =>
    Array.from(each.childNodes).some((child) => child.nodeName.endsWith("Signature")),
  );
  return {
    addressees: [
      ...called("Audience").map((each) => each.textContent ?? ""),
      ...attributes("Recipient", called("SubjectConfirmationData")),
      ...attributes("Destination", signed),
    ],
    issuers: [
      ...called("Issuer").map((each) => each.textContent ?? ""),
      ...attributes("Issuer", called("Assertion")),
    ],
  };
}

function attributes(name: string, of: readonly Element[]): readonly string[] {
  return of.map((each) => each.getAttribute(name) ?? "").filter((value) => value !== "");
}

function ignore(): void {
  // What is no XML names nobody.
}

async function complaintAbout(kind: Kind, xml: string | Uint8Array, known: Partial<Policy>, now: number) {
  const named = namedIn(typeof xml === "string" ? xml : Buffer.from(xml).toString("utf8"));
  const isSaml = kind === "saml-response";
  const judge = isSaml ? judgeSamlResponse : judgeWsFedResponse;
  const found = isSaml ? { kind, artifact: xml, at: "" } : { kind, artifact: xml, at: "" };
  const verdicts = await Promise.all(
    PLAUSIBLE.filter(({ when }) => when(named)).map(async ({ reader }) => {
      return await judge(xml, { ...policies[reader[kind]], ...known }, now);
    }),
  );
  return complaint(await judgeFound(found, known, now), verdicts);
}

/** The sample with MFA in one place only, told to be for somebody. */
function addressed({ audience, recipient, issuer, amr }: Readonly<Record<string, string>>): string {
  const classRef = amr === "mfa" ? "urn:oasis:names:tc:SAML:2.0:ac:classes:Password" : saml.MULTIPLE_AUTHN;
  const restriction = /<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/;
  const response = saml
    .sampleResponse()
    .replace(`>${saml.MULTIPLE_AUTHN}<`, `>${classRef}<`)
    .replace('Name="mail"', 'Name="amr"')
    .replace("alice@example.test", amr ?? "")
    .replace(/ Recipient="[^"]*"/, ` Recipient="${recipient}"`)
    .replaceAll(saml.ISSUER, issuer ?? "");
  return audience === ""
    ? response.replace(restriction, "")
    : response.replace(`>${saml.AUDIENCE}<`, `>${audience}<`);
}

const TENANT = "11111111-2222-4333-8444-555555555555";
const AUDIENCES = ["urn:federation:MicrosoftOnline", `${LOGIN}/${TENANT}/`, "https://app.example", ""];
const RECIPIENTS = [`${LOGIN}/login.srf`, "https://app.example/acs"];
const ISSUERS = [saml.ISSUER, `https://sts.windows.net/${TENANT}/`];

test("whoever is named, a guess is no better than the worst plausible reading", async () => {
  const key = saml.edKey();
  const known = { issuers: [{ jwks: { keys: [key.jwk] } }] };
  const all = AUDIENCES.flatMap((audience) =>
    RECIPIENTS.flatMap((recipient) =>
      ISSUERS.flatMap((issuer) =>
        ["mfa", "pwd"].map((amr) => {
          return { audience, recipient, issuer, amr };
        }),
      ),
    ),
  );
  const complaints = await Promise.all(
    all.map(async (each) => {
      const xml = saml.signSaml(addressed(each), "Assertion", key, { algorithm: "EdDSA" });
      const found = await complaintAbout("saml-response", xml, known, saml.NOW);
      return found === undefined ? [] : [`${JSON.stringify(each)}: ${found}`];
    }),
  );
  expect(complaints.flat()).toEqual([]);
});

test("every response that a scenario issues", async () => {
  await using issuer = await steadyIssuer.startSteadyIssuer();
  const { samlEntityId, wsFedIssuer, samlCertificate } = issuer.idp.trust;
  const certificates = [samlCertificate];
  const issuers = [samlEntityId, wsFedIssuer].map((name) => ({ issuer: name, certificates }));
  const complaints: string[] = [];
  let tried = 0;
  for (const { id, emission } of await loadScenarios([BUNDLED_SCENARIOS])) {
    if (emission.channel !== "saml" && emission.channel !== "wsfed") continue;
    const xml = await issuer.issue(emission).catch(() => "");
    // A flood is refused by any reader, and slow to read for each.
    if (xml === "" || xml.length > 100_000) continue;
    tried += 1;
    const kind = emission.channel === "saml" ? "saml-response" : "ws-fed-response";
    const found = await complaintAbout(kind, xml, { issuers }, steadyIssuer.NOW);
    if (found !== undefined) complaints.push(`${id}: ${found}`);
  }
  expect(complaints).toEqual([]);
  expect(tried).toBeGreaterThan(100);
}, 120_000);

const manifestSchema = z.object({
  cases: z.array(z.object({ file: z.string(), protocol: z.string(), clock: z.string() })),
});
const captureSchema = z.object({ capturedAt: z.string() });

/** A response of others: which kind, when it is judged, and the certificates beside it. */
interface Sample {
  readonly file: string;
  readonly kind: Kind;
  readonly clock: string;
  readonly certificates: readonly string[];
}

function read(...path: readonly string[]): string {
  return readFileSync(join(...path), "utf8");
}

function ofCorpus(folder: string): readonly Sample[] {
  const { cases } = manifestSchema.parse(JSON.parse(read(folder, "manifest.json")));
  const certificates = readdirSync(join(folder, "trust"))
    .filter((name) => name.endsWith(".cert.pem"))
    .map((name) => read(folder, "trust", name));
  return cases
    .filter(({ protocol }) => protocol !== "jwt")
    .map(({ file, protocol, clock }) => {
      const kind = protocol === "saml" ? "saml-response" : "ws-fed-response";
      return { file: join(folder, file), kind, clock, certificates };
    });
}

function ofCaptures(folder: string): readonly Sample[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".response.xml"))
    .map((name) => {
      const stem = join(folder, name.replace(/\.response\.xml$/, ""));
      const { capturedAt: clock } = captureSchema.parse(JSON.parse(read(`${stem}.json`)));
      const certificates = [read(`${stem}.signing-cert.pem`)];
      return { file: join(folder, name), kind: "saml-response", clock, certificates };
    });
}

const folders = [
  { name: "MFA_HARNESS_CORPUS", samples: ofCorpus },
  { name: "MFA_HARNESS_CORPUS2", samples: ofCorpus },
  { name: "MFA_HARNESS_CAPTURES", samples: ofCaptures },
].flatMap(({ name, samples }) => {
  const folder = process.env[name];
  return folder === undefined ? [] : [{ name, samples: samples(folder) }];
});

describe.skipIf(folders.length === 0)(
  "responses (set MFA_HARNESS_CORPUS, MFA_HARNESS_CORPUS2, MFA_HARNESS_CAPTURES to their folders)",
  () => {
    test.each(folders)("$name", async ({ samples }) => {
      const complaints: string[] = [];
      for (const { file, kind, clock, certificates } of samples) {
        const known = { issuers: [{ certificates }] };
        const found = await complaintAbout(kind, readFileSync(file), known, Date.parse(clock) / 1000);
        if (found !== undefined) complaints.push(`${file}: ${found}`);
      }
      expect(complaints).toEqual([]);
      expect(samples.length).toBeGreaterThan(0);
    });
  },
);
