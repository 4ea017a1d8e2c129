import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import * as client from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../harness/emission/emission.ts";
import type { MockIdp } from "../../harness/idp/mock-idp.ts";
import { startIdp } from "../../harness/idp/start-idp.ts";
import { signInAt, userOf } from "./portal.ts";

/** Needs percent-encoding in a Basic header (RFC 6749 §2.3.1), which some clients do and others do not. */
const SECRET = "a-secret: of+this/test%20=";

/** Ways in which a relying party shows its secret at the token endpoint. */
const AUTHENTICATIONS = {
  client_secret_basic: client.ClientSecretBasic(SECRET),
  client_secret_post: client.ClientSecretPost(SECRET),
  none: client.None(),
} as const;
type Authentication = keyof typeof AUTHENTICATIONS;

/** A portal whose relying party asks with PKCE, state and nonce, and reads the profile; one for each authentication. */
interface Portal {
  readonly server: Server;
  readonly origin: string;
}

const portals = new Map<Authentication, Portal>();
let idp: MockIdp;

async function listen(): Promise<Portal> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { server, origin: `http://127.0.0.1:${port}` };
}

function names(): readonly Authentication[] {
  return ["client_secret_basic", "client_secret_post", "none"];
}

beforeAll(async () => {
  for (const name of names()) portals.set(name, await listen());
  idp = await startIdp({
    relyingParties: [...portals].map(([name, { origin }]) => ({
      clientId: name,
      ...(name === "none" ? {} : { clientSecret: SECRET }),
      redirectUris: [`${origin}/callback`],
    })),
  });
  for (const [name, portal] of portals) await serve(name, portal);
});

afterAll(async () => {
  for (const { server } of portals.values()) {
    server.close();
    server.closeAllConnections();
  }
  await idp.stop();
});

async function configured(name: Authentication): Promise<client.Configuration> {
  const options = { execute: [client.allowInsecureRequests] };
  const issuer = new URL(idp.trust.oidcIssuer);
  return await client.discovery(issuer, name, {}, AUTHENTICATIONS[name], options);
}

/** What a portal keeps of a sign-in that it began; one at a time is enough here. */
interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

async function serve(name: Authentication, { server, origin }: Portal): Promise<void> {
  const configuration = await configured(name);
  const begun: Begun[] = [];
  const begin = async (response: ServerResponse): Promise<void> => {
    const verifier = client.randomPKCECodeVerifier();
    const parts = { state: client.randomState(), nonce: client.randomNonce(), verifier };
    begun.push(parts);
    const { href } = client.buildAuthorizationUrl(configuration, {
      redirect_uri: `${origin}/callback`,
      scope: "openid email profile",
      state: parts.state,
      nonce: parts.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    response.writeHead(303, { location: href }).end();
  };
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === "/portal") return void begin(response);
    const address = new URL(request.url ?? "/", origin);
    return void finish(configuration, address, begun.pop()).then((page) => response.end(page));
  });
}

async function finish(
  configuration: client.Configuration,
  address: URL,
  begun: Begun | undefined,
): Promise<string> {
  const { state = "", nonce = "", verifier = "" } = begun ?? {};
  try {
    const checks = {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    };
    const tokens = await client.authorizationCodeGrant(configuration, address, checks);
    const claims = tokens.claims();
    const person = await client.fetchUserInfo(configuration, tokens.access_token, claims?.sub ?? "");
    const amr = claims?.["amr"];
    const granted = Array.isArray(amr) && amr.includes("mfa");
    return `<p id="page">${granted ? "granted" : "denied"}</p><p id="user">${person.email}</p>`;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return `<p id="page">refused ${code}</p>`;
  }
}

async function shownAt(name: Authentication, change: object, user: string): Promise<object> {
  const emission = emissionSchema.parse({ channel: "oidc", profile: "password-and-otp", ...change });
  return await signInAt(`${portals.get(name)?.origin}/portal`, idp, emission, user);
}

test.each(names())("a relying party with %s signs in, MFA seen", async (name) => {
  const user = userOf(name);
  expect(await shownAt(name, {}, user)).toEqual({ page: "granted", user, signIns: 1 });
});

test("a password alone is denied", async () => {
  const user = userOf("password");
  expect(await shownAt("none", { profile: "password-only" }, user)).toEqual({
    page: "denied",
    user,
    signIns: 1,
  });
});

const AT = "/idToken/claims";

test.each([
  { name: "no signature", change: { tamper: [{ op: "strip-signature" }] }, code: "OAUTH_INVALID_RESPONSE" },
  {
    name: "another audience",
    change: { patch: [{ op: "set", path: `${AT}/aud`, value: "another" }] },
    code: "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
  },
  {
    name: "another issuer",
    change: { patch: [{ op: "set", path: `${AT}/iss`, value: "http://x/" }] },
    code: "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
  },
  {
    name: "another nonce",
    change: { patch: [{ op: "set", path: `${AT}/nonce`, value: "another" }] },
    code: "OAUTH_JWT_CLAIM_COMPARISON_FAILED",
  },
  {
    name: "expired",
    change: { patch: [{ op: "shift", path: `${AT}/exp`, seconds: -7200 }] },
    code: "OAUTH_JWT_TIMESTAMP_CHECK_FAILED",
  },
  {
    name: "no subject",
    change: { patch: [{ op: "remove", path: `${AT}/sub` }] },
    code: "OAUTH_INVALID_RESPONSE",
  },
  {
    name: "another subject at userinfo",
    change: { patch: [{ op: "set", path: "/userInfo/sub", value: "another" }] },
    code: "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED",
  },
])("$name → refused as $code", async ({ name, change, code }) => {
  const shown = await shownAt("client_secret_basic", change, userOf(name));
  expect(shown).toEqual({ page: `refused ${code}`, user: undefined, signIns: 1 });
});
