import type { Channel, JsonObject, Token } from "../../../../src/artifact.ts";
import type { Policy } from "../../../../src/policy.ts";
import { readSamlResponse } from "../../../../src/read/saml-response.ts";
import { readWsFedResponse } from "../../../../src/read/wsfed-response.ts";
import type { Rule } from "../../../../src/rule.ts";
import { eamRules } from "../../../../src/rules/eam/index.ts";
import { oidcRules } from "../../../../src/rules/oidc/index.ts";
import { partnerApiRules } from "../../../../src/rules/partner-api/index.ts";
import { samlRules } from "../../../../src/rules/saml/index.ts";
import { wsFedRules } from "../../../../src/rules/wsfed/index.ts";
import * as saml from "../../../support/signed-saml.ts";
import * as wsfed from "../../../support/signed-wsfed.ts";
import * as tokens from "../../support/tokens.ts";

/** One way to break a requirement, beginning with a sample that breaks none. */
export interface Break {
  /** Claims and header of a token that differ. */
  readonly claims?: JsonObject;
  readonly header?: JsonObject;
  /** What the hashes of an ID token have to be. */
  readonly beside?: Token["beside"];
  /** An edit of a SAML sample: what is found, and what is put there. */
  readonly edit?: readonly [RegExp | string, string];
  /** In WS-Federation: whether the token is one of SAML 2.0. */
  readonly saml2?: true;
  readonly policy?: Partial<Policy>;
  /** The policy does not know the request. */
  readonly unasked?: true;
}

/** For one requirement, the ways to break it in each channel that has rules for it. */
export type Breaks = Readonly<Partial<Record<Channel, readonly Break[]>>>;

type Check = (each: Break) => Promise<readonly string[]>;

/** The ids of the rules that an artifact breaks. */
function broken<Artifact>(
  rules: readonly Rule<Artifact>[],
  artifact: Artifact | undefined,
  policy: Policy,
  now: number,
): readonly string[] {
  if (artifact === undefined) throw new Error("the sample was not read");
  return rules.filter((rule) => (rule.check(artifact, policy, now) ?? []).length > 0).map(({ id }) => id);
}

function edited(xml: string, edit: Break["edit"]): string {
  if (edit === undefined) return xml;
  const after = xml.replace(edit[0], edit[1]);
  if (after === xml) throw new Error("the edit changed nothing");
  return after;
}

const keys = [{ kid: "k1", x5c: ["MIIB"] }];
const header = { alg: "RS256", kid: "k1" };

function ofToken(
  rules: readonly Rule<Token>[],
  claimsOf: (changes?: JsonObject) => JsonObject,
  policy: Policy,
): Check {
  const issuers = [{ issuer: tokens.ISSUER, jwks: { keys } }];
  return (each) =>
    Promise.resolve(
      broken(
        rules,
        {
          header: { ...header, ...each.header },
          claims: claimsOf(each.claims),
          ...(each.beside === undefined ? {} : { beside: each.beside }),
        },
        { ...policy, issuers, ...each.policy },
        tokens.NOW,
      ),
    );
}

async function ofSaml({ edit, policy, unasked }: Break): Promise<readonly string[]> {
  const { artifact } = await readSamlResponse(edited(saml.sampleResponse(), edit), saml.samplePolicy([]));
  const trust = { issuers: [{ issuer: saml.ISSUER }] };
  const { requestId, ...silent } = saml.samplePolicy([]);
  const asked = unasked === undefined && requestId !== undefined ? { requestId } : {};
  return broken(samlRules, artifact, { ...silent, ...asked, ...trust, ...policy }, saml.NOW);
}

function saml2Token(): string {
  return saml.sampleAssertion().replace(saml.ISSUER, wsfed.WSFED_ISSUER).replace(saml.AUDIENCE, wsfed.REALM);
}

async function ofWsFed({ edit, saml2, policy }: Break): Promise<readonly string[]> {
  const token = edited(saml2 === undefined ? wsfed.sampleToken() : saml2Token(), edit);
  const { artifact } = await readWsFedResponse(wsfed.answerAround(token), wsfed.wsFedPolicy([]));
  const trust = { issuers: [{ issuer: wsfed.WSFED_ISSUER }] };
  return broken(wsFedRules, artifact, { ...wsfed.wsFedPolicy([]), ...trust, ...policy }, saml.NOW);
}

/** What is broken in each channel, by a sample after a break. */
export const CHECKS: Readonly<Record<Channel, Check>> = {
  oidc: ofToken(oidcRules, tokens.idClaims, tokens.oidcPolicy([])),
  "partner-api": ofToken(partnerApiRules, tokens.accessClaims, tokens.apiPolicy([])),
  saml: ofSaml,
  wsfed: ofWsFed,
  eam: ofToken(eamRules, tokens.eamClaims, tokens.eamPolicy([])),
};
