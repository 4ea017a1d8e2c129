import { randomUUID } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { Measured } from "./goal.ts";
import { type PeerServer, startPeer } from "./peer-server.ts";
import { compareInTurn } from "./process.ts";
import { type Answer, follow, formOf, makeUserAgent } from "./user-agent.ts";

const IN_FLIGHT = 16;
/** Sign-ins of one round of a race, and of the warming up before it. */
const ROUND = 320;
const HALF_WAY = 5000;

type SignIn = (origin: string) => Promise<void>;

const CALLBACK = "http://127.0.0.1:9/cb";
const BASIC = { authorization: `Basic ${Buffer.from("bench:bench").toString("base64")}` };
const ENTERED = { user: "a.gent@partner.example", action: "sign-in" };

function expectText(answer: Answer, pattern: RegExp): void {
  if (answer.status === 200 && pattern.test(answer.text)) return;
  throw new Error(`${answer.url} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
}

/** A code flow with cookies of its own, as far as the ID token: a form is answered if there is one. */
function oidcAt(path: string): SignIn {
  return async (origin) => {
    const send = makeUserAgent();
    const query = new URLSearchParams({
      client_id: "bench",
      redirect_uri: CALLBACK,
      response_type: "code",
      scope: "openid",
      state: randomUUID(),
      nonce: randomUUID(),
    });
    const shown = await follow(send, await send(`${origin}${path}/auth?${query}`));
    const back = shown.url.startsWith(CALLBACK) ? shown : await answerForm(send, shown);
    const code = new URL(back.url).searchParams.get("code") ?? "";
    const form = { grant_type: "authorization_code", code, redirect_uri: CALLBACK };
    expectText(await send(`${origin}${path}/token`, form, BASIC), /"id_token":"ey/);
  };
}

async function answerForm(send: ReturnType<typeof makeUserAgent>, shown: Answer): Promise<Answer> {
  const { action, fields } = formOf(shown);
  return await follow(send, await send(action, { ...fields, ...ENTERED }));
}

function authnRequest(origin: string): string {
  const xml = [
    `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" `,
    `ID="_${randomUUID()}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${origin}/saml/sso" `,
    `AssertionConsumerServiceURL="http://127.0.0.1:9/acs"><saml:Issuer>http://127.0.0.1:9/metadata</saml:Issuer>`,
    `</samlp:AuthnRequest>`,
  ].join("");
  return encodeURIComponent(deflateRawSync(xml).toString("base64"));
}

/** A sign-in started by a service provider, as far as the signed response. */
const saml: SignIn = async (origin) => {
  const send = makeUserAgent();
  const shown = await send(`${origin}/saml/sso?SAMLRequest=${authnRequest(origin)}`);
  const form = formOf(shown);
  const last = "SAMLResponse" in form.fields ? shown : await answerForm(send, shown);
  expectText(last, /name="SAMLResponse" value="[^"]{1000}/);
};

async function signInMany(origin: string, signIn: SignIn, count: number): Promise<void> {
  const queue = Array.from({ length: count }).keys();
  const person = async (): Promise<void> => {
    for (;;) {
      if (queue.next().done === true) return;
      await signIn(origin);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, person));
}

/** Sign-ins per second of one round. */
async function rateOf({ origin }: PeerServer, signIn: SignIn): Promise<number> {
  const started = performance.now();
  await signInMany(origin, signIn, ROUND);
  return (ROUND * 1000) / (performance.now() - started);
}

interface Contest extends Pick<Measured, "goal" | "peer" | "must"> {
  readonly mode: "page" | "automatic";
  readonly script: string;
  readonly ours: SignIn;
  readonly theirs: SignIn;
}

async function contest({ mode, script, ours, theirs, ...goal }: Contest): Promise<Measured> {
  await using idp = await startPeer("mock-idp.js", mode);
  await using peer = await startPeer(script);
  await signInMany(idp.origin, ours, ROUND);
  await signInMany(peer.origin, theirs, ROUND);
  const rates = await compareInTurn(
    async () => await rateOf(idp, ours),
    async () => await rateOf(peer, theirs),
  );
  const figures = `${Math.round(rates.ours)}/s against ${Math.round(rates.theirs)}/s`;
  return { ...goal, ratio: rates.ours / rates.theirs, figures };
}

/** Goal 11: what the mock IdP holds after many sign-ins, against half as many. */
async function measureMemory(): Promise<Measured> {
  await using idp = await startPeer("mock-idp.js");
  await signInMany(idp.origin, oidcAt("/oidc"), HALF_WAY);
  const half = await idp.memory();
  await signInMany(idp.origin, oidcAt("/oidc"), HALF_WAY);
  const end = await idp.memory();
  const text = (name: "held" | "resident"): string =>
    `${Math.round(end[name])} MB against ${Math.round(half[name])} MB`;
  return {
    goal: "11 memory held after 10 000 OIDC sign-ins",
    peer: "ours, after 5 000",
    ratio: end.held / half.held,
    must: { bar: 1.15, better: "less" },
    figures: `${text("held")}; resident ${text("resident")}`,
  };
}

const OIDC = {
  peer: "bare oidc-provider that asks nobody",
  script: "auto-oidc-provider.js",
  ours: oidcAt("/oidc"),
  theirs: oidcAt(""),
} as const;

const SAML = {
  peer: "samlify on express that asks nobody",
  script: "samlify-idp.js",
  ours: saml,
  theirs: saml,
} as const;

/** The goals compare like with like, nobody asked on either side; the other rows show what our page costs. */
const CONTESTS: readonly Contest[] = [
  {
    ...OIDC,
    goal: `8 OIDC sign-ins by HTTP, ${IN_FLIGHT} in flight, nobody asked`,
    mode: "automatic",
    must: { bar: 1, better: "more" },
  },
  { ...OIDC, goal: `8 OIDC sign-ins by HTTP, ${IN_FLIGHT} in flight, ours by its page`, mode: "page" },
  {
    ...SAML,
    goal: `9 SAML sign-ins by HTTP, ${IN_FLIGHT} in flight, nobody asked`,
    mode: "automatic",
    must: { bar: 1.5, better: "more" },
  },
  { ...SAML, goal: `9 SAML sign-ins by HTTP, ${IN_FLIGHT} in flight, ours by its page`, mode: "page" },
];

/** Goals 8 and 9: sign-ins by HTTP, each with cookies of its own, sixteen at a time. */
async function measureThroughput(): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const one of CONTESTS) measured.push(await contest(one));
  return measured;
}

/** Goals 8, 9 and 11. */
export async function measureSignIns(): Promise<readonly Measured[]> {
  return [...(await measureThroughput()), await measureMemory()];
}
