import { type Profile, type SamlConfig, ValidateInResponseTo } from "@node-saml/node-saml";
import { inflateRawSync } from "node:zlib";
import { parse } from "node-html-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { makeSamlAgent, type SamlAgent } from "./agent.ts";
import { decoded, LOGOUT_USER, logoutRequest, logoutResponse, statusesOf } from "./logout-messages.ts";
import { nodeSaml } from "./consumers.ts";
import { partnerKey, partnerMetadata } from "./partner.ts";
import { deflated, encoded, SAMPLE_SP } from "./requests.ts";

const SLO = "http://127.0.0.1:9/slo";
const key = partnerKey();
const OTHERS = ["post", "mute"].map((name) => ({
  entityId: `http://127.0.0.1:9/${name}`,
  acs: `http://127.0.0.1:9/${name}/acs`,
}));
const [postSp = SAMPLE_SP, muteSp = SAMPLE_SP] = OTHERS;

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({
    serviceProviderMetadata: [
      partnerMetadata({
        signing: key,
        logout: [
          ["SOAP", "http://127.0.0.1:9/soap"],
          ["HTTP-Redirect", SLO],
        ],
      }),
      partnerMetadata({
        entityId: "http://127.0.0.1:9/post",
        acs: "http://127.0.0.1:9/post/acs",
        logout: [["HTTP-POST", "http://127.0.0.1:9/post/slo"]],
        logoutAnswers: "http://127.0.0.1:9/post/answers",
      }),
      partnerMetadata({ entityId: "http://127.0.0.1:9/mute", acs: "http://127.0.0.1:9/mute/acs" }),
    ],
  });
});

afterAll(async () => await idp.stop());

const first = (config: Partial<SamlConfig> = {}): ReturnType<typeof nodeSaml> =>
  nodeSaml(idp, {
    ...config,
    privateKey: key.privatePem,
    signatureAlgorithm: "sha256",
    logoutUrl: `${idp.origin}/saml/slo`,
  });

/** Signs in at the first service provider, and is known to the others without being asked. */
async function signedIn(
  others: readonly { entityId: string; acs: string }[] = [],
  changes: object = {},
  config: Partial<SamlConfig> = {},
) {
  const agent = makeSamlAgent();
  const serviceProvider = first(config);
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...changes });
  const page = await agent.open(await serviceProvider.getAuthorizeUrlAsync("", undefined, {}));
  const answer = await agent.signIn(page, { user: LOGOUT_USER, emission: idp.offer(emission, "of a test") });
  const { profile } = await serviceProvider.validatePostResponseAsync({ ...answer.form?.fields });
  for (const { entityId } of others) {
    const silent = await agent.open(startUrl(entityId));
    expect(silent.form?.kind).toBe("post");
  }
  return { agent, serviceProvider, profile: profile ?? nobody() };
}

function nobody(): Profile {
  throw new Error("nobody is signed in");
}

function startUrl(entityId: string): string {
  return `${idp.origin}/saml/idp-initiated?${new URLSearchParams({ sp: entityId })}`;
}

/** Whether the IdP still knows the person. */
async function isKnown(agent: SamlAgent): Promise<boolean> {
  return (await agent.open(startUrl(muteSp.entityId))).form?.kind === "post";
}

function validate(serviceProvider: ReturnType<typeof nodeSaml>, location: string | undefined) {
  const { search, searchParams } = new URL(location ?? "");
  return serviceProvider.validateRedirectAsync(Object.fromEntries(searchParams), search.slice(1));
}

describe("a service provider signs out", () => {
  test("node-saml, by redirect: its answer is signed, and the session is over", async () => {
    const again = await signedIn();
    const answer = await again.agent.open(
      await again.serviceProvider.getLogoutUrlAsync(again.profile, "rs", {}),
    );
    expect(answer).toMatchObject({ status: 303, form: undefined });
    expect(answer.location?.startsWith(`${SLO}?SAMLResponse=`)).toBe(true);
    expect(new URL(answer.location ?? "").searchParams.get("RelayState")).toBe("rs");
    await expect(validate(again.serviceProvider, answer.location)).resolves.toMatchObject({
      loggedOut: true,
    });
    expect(await isKnown(again.agent)).toBe(false);
  });

  test("by the transient name that it was told, which the IdP says too", async () => {
    const identifierFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
    const { agent, serviceProvider, profile } = await signedIn([], {}, { identifierFormat });
    expect(profile.nameIDFormat).toBe(identifierFormat);
    const told = await agent.open(await serviceProvider.getLogoutUrlAsync(profile, "", {}));
    await expect(validate(serviceProvider, told.location)).resolves.toMatchObject({ loggedOut: true });
    const another = await signedIn([], {}, { identifierFormat });
    const asked = await another.agent.open(`${idp.origin}/saml/idp-logout`);
    const { nameID } = another.profile;
    expect(nameID).not.toBe(profile.nameID);
    const said = await validate(serviceProvider, asked.location);
    expect(said).toMatchObject({ profile: { nameID, nameIDFormat: identifierFormat } });
  });

  test("by POST: the answer is signed XML, and goes to the place for answers", async () => {
    const { agent } = await signedIn([postSp]);
    const asked = await agent.post(`${idp.origin}/saml/slo`, {
      SAMLRequest: encoded(logoutRequest(postSp.entityId)),
      RelayState: "<rs>",
    });
    // The first service provider is told before the answer is given.
    expect(asked.location?.startsWith(`${SLO}?SAMLRequest=`)).toBe(true);
    const serviceProvider = first();
    const told = await validate(serviceProvider, asked.location);
    expect(told).toMatchObject({ profile: { nameID: LOGOUT_USER } });
    const { profile } = told;
    const done = await serviceProvider.getLogoutResponseUrlAsync(profile ?? nobody(), "", {}, true);
    const answer = await agent.open(done);
    expect(answer.form).toMatchObject({
      action: "http://127.0.0.1:9/post/answers",
      fields: { RelayState: "<rs>" },
    });
    expect(statusesOf(decoded(answer, "SAMLResponse"))).toEqual(["Success"]);
    await expect(
      nodeSaml(idp, { validateInResponseTo: ValidateInResponseTo.never }).validatePostResponseAsync({
        SAMLResponse: answer.form?.fields["SAMLResponse"] ?? "",
      }),
    ).resolves.toMatchObject({ loggedOut: true });
    expect(await isKnown(agent)).toBe(false);
  });

  test.each([
    {
      what: "one takes no messages",
      others: [muteSp],
      status: "Success",
      expected: ["Success", "PartialLogout"],
    },
    { what: "one will not", others: [postSp], status: "Responder", expected: ["Success", "PartialLogout"] },
    { what: "all did", others: [postSp], status: "Success", expected: ["Success"] },
  ])("$what: $expected", async ({ others, status, expected }) => {
    const { agent, serviceProvider, profile } = await signedIn(others);
    let page = await agent.open(await serviceProvider.getLogoutUrlAsync(profile, "", {}));
    if (page.form !== undefined) {
      const [, id = ""] = / ID="([^"]+)"/.exec(decoded(page, "SAMLRequest")) ?? [];
      const SAMLResponse = encoded(logoutResponse(postSp.entityId, id, status));
      page = await agent.post(`${idp.origin}/saml/slo`, { SAMLResponse });
    }
    const { searchParams } = new URL(page.location ?? "");
    const deflatedXml = Buffer.from(searchParams.get("SAMLResponse") ?? "", "base64");
    expect(statusesOf(inflateRawSync(deflatedXml).toString())).toEqual(expected);
  });

  test.each([
    {
      what: "somebody else",
      xml: logoutRequest(postSp.entityId, "other@partner.example"),
      second: "UnknownPrincipal",
    },
    {
      what: "yesterday",
      xml: logoutRequest(postSp.entityId, LOGOUT_USER, `NotOnOrAfter="2020-01-01T00:00:00Z"`),
      second: "RequestDenied",
    },
  ])("a request for $what ends nothing", async ({ xml, second }) => {
    const { agent } = await signedIn([postSp]);
    const answer = await agent.post(`${idp.origin}/saml/slo`, { SAMLRequest: encoded(xml) });
    expect(statusesOf(decoded(answer, "SAMLResponse"))).toEqual(["Requester", second]);
    expect(await isKnown(agent)).toBe(true);
  });

  test("who is not registered is answered on this machine, where the endpoint's URL says", async () => {
    const agent = makeSamlAgent();
    const query = new URLSearchParams({
      slo: "http://127.0.0.1:9/x?y=1",
      SAMLRequest: deflated(logoutRequest("urn:x")),
    });
    const answer = await agent.open(`${idp.origin}/saml/slo?${query}`);
    expect(answer.location?.startsWith("http://127.0.0.1:9/x?y=1&SAMLResponse=")).toBe(true);
    await expect(
      validate(nodeSaml(idp, { validateInResponseTo: ValidateInResponseTo.never }), answer.location),
    ).resolves.toMatchObject({ loggedOut: true });
    query.delete("slo");
    expect((await agent.open(`${idp.origin}/saml/slo?${query}`)).html).toContain("Signed out");
  });
});

describe("the IdP signs out", () => {
  test("asks one after another, and says who answered", async () => {
    const { agent, serviceProvider } = await signedIn([postSp, muteSp]);
    const firstAsked = await agent.open(`${idp.origin}/saml/idp-logout`);
    const told = await validate(serviceProvider, firstAsked.location);
    const done = await serviceProvider.getLogoutResponseUrlAsync(told.profile ?? nobody(), "", {}, true);
    const secondAsked = await agent.open(done);
    expect(secondAsked.form?.action).toBe("http://127.0.0.1:9/post/slo");
    const [, id = ""] = / ID="([^"]+)"/.exec(decoded(secondAsked, "SAMLRequest")) ?? [];
    const SAMLResponse = encoded(logoutResponse(postSp.entityId, id, "Responder"));
    const page = await agent.post(`${idp.origin}/saml/slo`, { SAMLResponse });
    const rows = parse(page.html)
      .querySelectorAll("dl > *")
      .map(({ text }) => text);
    expect(rows).toEqual([
      "This identity provider",
      "signed out",
      SAMPLE_SP.entityId,
      "signed out",
      postSp.entityId,
      "did not sign out",
      muteSp.entityId,
      "takes no messages about logout",
    ]);
    expect(await isKnown(agent)).toBe(false);
    const replayed = await agent.post(`${idp.origin}/saml/slo`, { SAMLResponse });
    expect(replayed).toMatchObject({ status: 400, form: undefined });
  });

  test("takes the answer from nobody but whom it asked", async () => {
    const agent = makeSamlAgent();
    await agent.signIn(await agent.open(startUrl(postSp.entityId)));
    const asked = await agent.open(`${idp.origin}/saml/idp-logout`);
    const [, id = ""] = / ID="([^"]+)"/.exec(decoded(asked, "SAMLRequest")) ?? [];
    const answerOf = (issuer: string): Readonly<Record<string, string>> => ({
      SAMLResponse: encoded(logoutResponse(issuer, id)),
    });
    expect(await agent.post(`${idp.origin}/saml/slo`, answerOf(muteSp.entityId))).toMatchObject({
      status: 400,
    });
    expect(await agent.post(`${idp.origin}/saml/slo`, answerOf(postSp.entityId))).toMatchObject({
      status: 200,
    });
  });

  test("nobody, if nobody is signed in", async () => {
    expect((await makeSamlAgent().open(`${idp.origin}/saml/idp-logout`)).html).toContain(
      "Nobody was signed in",
    );
  });
});
