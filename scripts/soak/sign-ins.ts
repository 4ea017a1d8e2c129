import { randomUUID } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { parse } from "node-html-parser";

const REDIRECT_URI = "http://127.0.0.1:9/callback";

/** The relying party that signs in; nothing listens at its address, the sign-in stops in front of it. */
export const RELYING_PARTY = {
  clientId: "soak",
  clientSecret: "soak-secret",
  redirectUris: [REDIRECT_URI],
};

/** A user agent of one sign-in: cookies of its own, redirects followed as long as they stay with the IdP. */
interface Agent {
  readonly visit: (
    url: string,
    form?: URLSearchParams,
  ) => Promise<{ readonly url: string; readonly html: string }>;
}

function makeAgent(origin: string): Agent {
  const cookies = new Map<string, string>();
  const visit: Agent["visit"] = async (url, form) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const init = form === undefined ? {} : { method: "POST", body: form };
    const answer = await fetch(url, { ...init, redirect: "manual", headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const html = await answer.text();
    if (answer.status >= 400) throw new Error(`${url} answered ${answer.status}`);
    const location = answer.headers.get("location");
    if (location === null) return { url, html };
    const next = new URL(location, url).href;
    return next.startsWith(`${origin}/`) ? await visit(next) : { url: next, html };
  };
  return { visit };
}

/** Answers the sign-in page as a driver does. */
async function answerPage(agent: Agent, page: { readonly url: string; readonly html: string }) {
  const root = parse(page.html);
  const fields = new URLSearchParams();
  for (const input of root.querySelectorAll("form input[type=hidden]")) {
    fields.append(input.getAttribute("name") ?? "", input.getAttribute("value") ?? "");
  }
  fields.set("user", `agent-${randomUUID()}@partner.example`);
  fields.set("action", "sign-in");
  const action = root.querySelector("form")?.getAttribute("action") ?? "";
  return await agent.visit(new URL(action, page.url).href, fields);
}

async function signInByCode(origin: string): Promise<void> {
  const agent = makeAgent(origin);
  const query = new URLSearchParams({
    client_id: RELYING_PARTY.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: "code",
    scope: "openid profile email",
    nonce: randomUUID(),
  });
  const { url } = await answerPage(agent, await agent.visit(`${origin}/oidc/auth?${query}`));
  const code = new URL(url).searchParams.get("code");
  if (code === null) throw new Error(`no code in ${url}`);
  const { clientId, clientSecret } = RELYING_PARTY;
  const answer = await fetch(`${origin}/oidc/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT_URI,
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  if (!(await answer.text()).includes('"id_token"')) throw new Error(`no tokens, but ${answer.status}`);
}

async function signInBySaml(origin: string): Promise<void> {
  const agent = makeAgent(origin);
  const request =
    `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${randomUUID()}" Version="2.0"` +
    ` IssueInstant="${new Date().toISOString()}" AssertionConsumerServiceURL="http://127.0.0.1:9/acs">` +
    '<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">http://127.0.0.1:9/soak</saml:Issuer>' +
    "</samlp:AuthnRequest>";
  const query = new URLSearchParams({ SAMLRequest: deflateRawSync(request).toString("base64") });
  const { html } = await answerPage(agent, await agent.visit(`${origin}/saml/sso?${query}`));
  if (!html.includes('name="SAMLResponse"')) throw new Error("no SAML response");
}

/** Makes so many sign-ins, OIDC and SAML in turn, each with a fresh session, some at a time. */
export async function signInManyTimes(origin: string, count: number, inFlight: number): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await (next % 2 === 0 ? signInByCode(origin) : signInBySaml(origin));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}
