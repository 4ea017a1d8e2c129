// The peer of goal 9: samlify on express; it asks nobody and answers each request with a signed assertion.
import { generateKeyPairSync } from "node:crypto";
import express from "express";
import samlify from "samlify";
import { selfSignedCertificate } from "../../harness/emission/keys/certificate.ts";

const BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-";
const EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
samlify.setSchemaValidator({ validate: async () => "not checked" });
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const idp = samlify.IdentityProvider({
  entityID: "https://idp.bench.example/saml",
  privateKey: privateKey.export({ type: "pkcs8", format: "pem" }),
  signingCert: selfSignedCertificate({ privateKey, publicKey }, "bench", Math.floor(Date.now() / 1000)),
  nameIDFormat: [EMAIL],
  singleSignOnService: [{ Binding: `${BINDING}Redirect`, Location: "https://idp.bench.example/sso" }],
});
const sp = samlify.ServiceProvider({
  entityID: "http://127.0.0.1:9/metadata",
  wantAssertionsSigned: true,
  nameIDFormat: [EMAIL],
  assertionConsumerService: [{ Binding: `${BINDING}POST`, Location: "http://127.0.0.1:9/acs" }],
});

const app = express();
app.get("/saml/sso", async (request, response) => {
  const asked = await idp.parseLoginRequest(sp, "redirect", { query: request.query });
  const { context } = await idp.createLoginResponse(sp, asked, "post", { email: "a.gent@partner.example" });
  response.type("html").send(`<form method="post" action="http://127.0.0.1:9/acs">
<input type="hidden" name="SAMLResponse" value="${context}"></form>`);
});
const server = app.listen(0, "127.0.0.1", () => {
  process.stdout.write(`listening ${server.address().port}\n`);
});
