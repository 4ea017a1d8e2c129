import { X509Certificate } from "node:crypto";
import { XmlDocument } from "libxml2-wasm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SignedXml } from "xml-crypto";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { openPage, postForm, signIn, submit, type FoundPage } from "../saml/sign-in.ts";

const REPLY = "http://127.0.0.1:9/signin-wsfed";
const ENTRA = {
  realm: "urn:federation:MicrosoftOnline",
  replyUrls: ["https://login.example/login.srf"],
} as const;
const ASKED = { wa: "wsignin1.0", wtrealm: "urn:app", wreply: REPLY };
const MULTIPLE = "http://schemas.microsoft.com/claims/multipleauthn";
const PASSWORD = "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ wsFedRealms: [ENTRA] });
});

afterAll(async () => await idp.stop());

async function ask(parameters: Readonly<Record<string, string>>): Promise<FoundPage> {
  return await openPage(`${idp.origin}/wsfed?${new URLSearchParams(parameters)}`);
}

async function answer(page: FoundPage, emission = "wsfed-password-and-otp"): Promise<FoundPage> {
  return await signIn(page, idp.origin, { emission });
}

/** Whether the signature in an answer verifies with the certificate of the metadata. */
async function verifies(xml: string): Promise<boolean> {
  const metadata = await (await fetch(idp.trust.wsFedIssuer)).text();
  const [, base64 = ""] = /<ds:X509Certificate>([^<]+)</.exec(metadata) ?? [];
  const publicCert = new X509Certificate(Buffer.from(base64, "base64")).toString();
  const verifier = new SignedXml({ publicCert, idAttribute: "AssertionID" });
  verifier.loadSignature(/<ds:Signature[\s>].*<\/ds:Signature>/s.exec(xml)?.[0] ?? "");
  return verifier.checkSignature(xml);
}

describe("a sign-in", () => {
  test.each(["GET", "POST"])(
    "by %s is answered with what the relying party sent and a signed token",
    async (by) => {
      const parameters = { ...ASKED, wctx: "rm=0&id=passive&ru=%2f" };
      const page = by === "GET" ? await ask(parameters) : await postForm(`${idp.origin}/wsfed`, parameters);
      const { form } = await answer(page);
      expect(form).toMatchObject({ kind: "post", action: REPLY });
      const { wresult = "", ...rest } = form?.fields ?? {};
      expect(rest).toEqual({ wa: "wsignin1.0", wctx: "rm=0&id=passive&ru=%2f" });
      expect(await verifies(wresult)).toBe(true);
      expect(wresult).toContain(`AuthenticationMethod="${MULTIPLE}"`);
      expect(wresult).toContain("<saml:Audience>urn:app</saml:Audience>");
      expect(wresult).toContain(`Issuer="${idp.trust.wsFedIssuer}"`);
    },
  );

  test.each(["", `<&>"' %41+ü😀`, "x".repeat(4000)])("wctx comes back exactly: %j", async (wctx) => {
    expect((await answer(await ask({ ...ASKED, wctx }))).form?.fields["wctx"]).toBe(wctx);
  });

  test("without wctx none comes back", async () => {
    expect(Object.keys((await answer(await ask(ASKED))).form?.fields ?? {})).toEqual(["wa", "wresult"]);
  });

  test("the page shows what was asked, and markup stays text", async () => {
    const asked = { wauth: PASSWORD, wfresh: "0", whr: "<script>alert(1)</script>" };
    const page = await ask({ ...ASKED, ...asked });
    for (const text of ["wauth", PASSWORD, "wfresh", "urn:app", "&lt;script&gt;"]) {
      expect(page.html).toContain(text);
    }
    expect(page.html).not.toContain("<script");
  });

  test("asked for a password, the emission decides what is said (AD FS: prompt=login)", async () => {
    const asked = { ...ASKED, wauth: PASSWORD, wfresh: "0" };
    const both = await answer(await ask(asked));
    expect(both.form?.fields["wresult"]).toContain(`AuthenticationMethod="${MULTIPLE}"`);
    const literal = await answer(await ask(asked), "wsfed-password-only");
    expect(literal.form?.fields["wresult"]).not.toContain(MULTIPLE);
  });

  test("what crossed is what was recorded", async () => {
    const emission = emissionSchema.parse({ channel: "wsfed", profile: "password-only" });
    const choice = idp.offer(emission, "offered by a test");
    const { form } = await answer(await ask(ASKED), choice);
    const at: unknown = expect.any(Number);
    expect(idp.issued(choice)).toEqual([
      {
        channel: "wsfed",
        artifact: form?.fields["wresult"],
        user: "agent@partner.example",
        audience: "urn:app",
        assertionConsumerService: REPLY,
        performed: { user: "agent@partner.example", methods: [], at },
        asked: { wreply: REPLY },
        at,
      },
    ]);
  });

  test("cancelled, the relying party hears nothing", async () => {
    const page = await signIn(await ask(ASKED), idp.origin, { action: "cancel" });
    expect(page).toMatchObject({ status: 200, form: undefined });
    expect(page.html).toContain("cancelled");
  });
});

describe("the answer goes where it may", () => {
  test.each([
    ["wreply on this machine", { wreply: REPLY }, REPLY],
    ["a realm on this machine", { wtrealm: "http://localhost:9/app/" }, "http://localhost:9/app/"],
    ["a registered realm", { wtrealm: ENTRA.realm }, ENTRA.replyUrls[0]],
    ["its own wreply", { wtrealm: ENTRA.realm, wreply: ENTRA.replyUrls[0] }, ENTRA.replyUrls[0]],
  ])("%s", async (_what, asked, action) => {
    const page = await answer(await ask({ wa: "wsignin1.0", wtrealm: "urn:app", ...asked }));
    expect(page.form?.action).toBe(action);
  });

  test.each([
    ["elsewhere", { wreply: "https://evil.example/" }],
    ["a host that only begins like this machine", { wreply: "http://127.0.0.1.evil.example/" }],
    ["a host that only ends like this machine", { wreply: "http://evillocalhost/" }],
    ["credentials in front", { wreply: "http://127.0.0.1@evil.example/" }],
    ["a script", { wreply: "javascript:alert(1)" }],
    ["a registered realm's answer on this machine", { wtrealm: ENTRA.realm, wreply: REPLY }],
    ["a realm that is no address", { wreply: undefined }],
  ])("%s is refused, before anybody is asked and after", async (_what, changes) => {
    const asked: Record<string, string> = { ...ASKED };
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) delete asked[name];
      else asked[name] = value;
    }
    expect(await ask(asked)).toMatchObject({ status: 400, form: undefined });
    const forged = { ...asked, user: "u", emission: "wsfed-password-and-otp", action: "sign-in" };
    const page = await postForm(`${idp.origin}/wsfed/sign-in`, forged);
    expect(page).toMatchObject({ status: 400, form: undefined });
  });
});

describe("hostile requests get a plain page, and the next person is served", () => {
  test.each([
    ["nothing", ""],
    ["an unknown action", "wa=wattr1.0&wtrealm=urn:app"],
    ["no realm", "wa=wsignin1.0"],
    ["a realm twice", "wa=wsignin1.0&wtrealm=a&wtrealm=b"],
    ["a realm that XML cannot hold", `wa=wsignin1.0&wtrealm=a%01&wreply=${encodeURIComponent(REPLY)}`],
    ["bad percent encoding", "wa=wsignin1.0&wtrealm=%E0%A4%A"],
  ])("%s", async (_what, query) => {
    expect(await openPage(`${idp.origin}/wsfed?${query}`)).toMatchObject({ status: 400, form: undefined });
    expect(await ask(ASKED)).toMatchObject({ status: 200, form: { kind: "sign-in" } });
  });

  test.each([
    ["no user", { user: "" }],
    ["a user that XML cannot hold", { user: "a\u0001" }],
    ["an unknown choice", { emission: "constructor" }],
    ["a choice of another channel", { emission: "saml-password-only" }],
    ["an unknown action", { action: "approve" }],
    ["a megabyte", { wctx: "x".repeat(1_000_000) }],
  ])("sign-in form forged: %s", async (_what, forged) => {
    const entered = { user: "u", emission: "wsfed-password-and-otp", action: "sign-in" };
    const page = await submit(await ask(ASKED), idp.origin, { ...entered, ...forged });
    expect(page).toMatchObject({ status: 400, form: undefined });
  });

  test("an emission that cannot be made is an error page that says why", async () => {
    const tamper = [{ op: "replace-text", find: "not there", replace: "x" }];
    const emission = emissionSchema.parse({ channel: "wsfed", profile: "password-and-otp", tamper });
    const page = await answer(await ask(ASKED), idp.offer(emission, "impossible"));
    expect(page).toMatchObject({ status: 500, form: undefined });
    expect(page.html).toContain("not there");
  });
});

test.each(["wsignout1.0", "wsignoutcleanup1.0"])(
  "%s ends on a plain page, wherever it would go",
  async (wa) => {
    const page = await ask({ wa, wreply: "https://evil.example/" });
    expect(page).toMatchObject({ status: 200, form: undefined });
    expect(page.html).toContain("Signed out");
    expect(page.html).not.toContain("evil.example");
  },
);

test("the metadata names issuer, endpoint and the certificate that signs", async () => {
  const response = await fetch(idp.trust.wsFedIssuer);
  expect(response.headers.get("content-type")).toMatch(/^application\/samlmetadata\+xml/);
  const document = XmlDocument.fromString(await response.text());
  const namespaces = {
    md: "urn:oasis:names:tc:SAML:2.0:metadata",
    fed: "http://docs.oasis-open.org/wsfed/federation/200706",
    wsa: "http://www.w3.org/2005/08/addressing",
    ds: "http://www.w3.org/2000/09/xmldsig#",
  };
  const role = "/md:EntityDescriptor/md:RoleDescriptor[@protocolSupportEnumeration=namespace::fed]";
  const read = (xpath: string): string | undefined => document.get(xpath, namespaces)?.content;
  const { raw } = new X509Certificate(idp.trust.samlCertificate);
  expect(read("/md:EntityDescriptor/@entityID")).toBe(idp.trust.wsFedIssuer);
  expect(read(`${role}/fed:PassiveRequestorEndpoint/wsa:EndpointReference/wsa:Address`)).toBe(
    `${idp.origin}/wsfed`,
  );
  expect(read(`${role}/md:KeyDescriptor[@use='signing']//ds:X509Certificate`)).toBe(raw.toString("base64"));
  document.dispose();
});
