import { serve, type TestServer } from "../transport/serve.ts";

/** Runs in the browser: code flow with PKCE by `fetch`, the ID token's signature by Web Crypto, MFA by `amr`. */
const SCRIPT = `
const callback = location.origin + "/";
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const json = async (url, init) => {
  const answer = await fetch(url, init);
  if (!answer.ok) throw new Error(url + ": " + (await answer.text()));
  return await answer.json();
};
const show = (html) => void (document.querySelector("main").innerHTML = html);

async function begin({ authorization_endpoint }) {
  const [state, nonce, verifier] = [random(), random(), random()];
  sessionStorage.setItem("asked", JSON.stringify({ state, nonce, verifier }));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));
  location.assign(authorization_endpoint + "?" + new URLSearchParams({
    client_id: CLIENT, redirect_uri: callback, response_type: "code", scope: "openid profile", state, nonce,
    code_challenge: base64url(hash), code_challenge_method: "S256",
  }));
}

async function readIdToken(jwt, { issuer, jwks_uri }, { nonce }) {
  const [header, payload, signature] = jwt.split(".");
  const { kid, alg } = JSON.parse(new TextDecoder().decode(bytesOf(header)));
  const { keys } = await json(jwks_uri, { headers: { accept: "application/json", "x-client": "spa" } });
  const jwk = keys.find((key) => key.kid === kid);
  if (jwk === undefined || alg !== "RS256") throw new Error("no such key");
  const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("jwk", jwk, rsa, false, ["verify"]);
  const signed = new TextEncoder().encode(header + "." + payload);
  if (!(await crypto.subtle.verify(rsa, key, bytesOf(signature), signed))) throw new Error("wrong signature");
  const claims = JSON.parse(new TextDecoder().decode(bytesOf(payload)));
  const holds = claims.iss === issuer && claims.aud === CLIENT && claims.nonce === nonce && claims.exp * 1000 > Date.now();
  if (!holds) throw new Error("not for this page");
  return claims;
}

async function finish(answer, idp) {
  const asked = JSON.parse(sessionStorage.getItem("asked") ?? "{}");
  sessionStorage.removeItem("asked");
  history.replaceState(null, "", "/");
  if (answer.has("error") || answer.get("state") !== asked.state) throw new Error("no sign-in of this page");
  const body = new URLSearchParams({
    grant_type: "authorization_code", code: answer.get("code"), redirect_uri: callback, client_id: CLIENT,
    code_verifier: asked.verifier,
  });
  const tokens = await json(idp.token_endpoint, { method: "POST", body });
  const claims = await readIdToken(tokens.id_token, idp, asked);
  const bearer = { headers: { authorization: "Bearer " + tokens.access_token } };
  const { sub, name } = await json(idp.userinfo_endpoint, bearer);
  if (sub !== claims.sub) throw new Error("somebody else");
  const revoked = { method: "POST", body: new URLSearchParams({ token: tokens.access_token, client_id: CLIENT }) };
  if (!(await fetch(idp.revocation_endpoint, revoked)).ok) throw new Error("not revoked");
  const mfa = Array.isArray(claims.amr) && claims.amr.includes("mfa");
  show(mfa ? "<h1>Your customers</h1><p id=user></p>" : "<h1>A second factor is missing</h1>");
  if (mfa) document.querySelector("#user").textContent = name;
}

const idp = await json(ISSUER + "/.well-known/openid-configuration");
const answer = new URLSearchParams(location.search);
if (answer.size === 0) await begin(idp);
else await finish(answer, idp).catch(({ message }) => show("<h1>Sign-in failed</h1><pre>" + encodeURI(message) + "</pre>"));
`;

/** A page that signs in by itself and keeps no session; there is nothing behind it but this file. */
export async function serveSinglePageApp(clientId: string, issuer: string): Promise<TestServer> {
  return await serve((_request, response) => {
    const names = `const CLIENT = ${JSON.stringify(clientId)}, ISSUER = ${JSON.stringify(issuer)};`;
    response.end(`<!doctype html><main>…</main><script type="module">${names}${SCRIPT}</script>`);
  });
}
