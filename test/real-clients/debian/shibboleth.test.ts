import { chmod, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../../harness/emission/emission.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { partnerKey } from "../../harness/idp/saml/partner.ts";
import { temporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.ts";
import { signInAt, userOf } from "../portal.ts";
import { type Apache, freePort, startApache } from "./apache.ts";
import { shibbolethConfiguration, startShibd } from "./shibboleth.ts";

const METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences";
const MULTIPLE = "http://schemas.microsoft.com/claims/multipleauthn";
const NAME = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";

const ATTRIBUTES = `<Attributes xmlns="urn:mace:shibboleth:2.0:attribute-map">
  <Attribute name="${METHODS}" id="methods"/>
  <Attribute name="${METHODS}" nameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified" id="methods"/>
  <Attribute name="${NAME}" id="person"/>
  <Attribute name="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" id="person">
    <AttributeDecoder type="NameIDAttributeDecoder" formatter="$Name"/>
  </Attribute>
</Attributes>`;

const LOGGER = `log4j.rootCategory=ERROR, console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.layout=org.apache.log4j.BasicLayout
`;

const PAGES = {
  "portal.shtml": '<p id="page">portal</p><p id="user"><!--#echo var="REMOTE_USER" --></p>',
  "denied.shtml": '<p id="page">denied</p>',
};

function directives(folder: string): string {
  return `
LoadModule mod_shib /usr/lib/apache2/modules/mod_shib.so
ShibConfig ${folder}/shibboleth2.xml
<Location /Shibboleth.sso>
  AuthType None
  Require all granted
</Location>
<Location /portal.shtml>
  AuthType shibboleth
  ShibRequestSetting requireSession 1
  Require shib-attr methods ${MULTIPLE}
  ErrorDocument 401 /denied.shtml
  ErrorDocument 403 /denied.shtml
</Location>`;
}

let idp: MockIdp;
let folder: TemporaryFolder;
let daemon: AsyncDisposable;
let apache: Apache;

beforeAll(async () => {
  const port = await freePort();
  const key = partnerKey();
  idp = await startIdp();
  folder = await temporaryFolder({
    "idp.xml": await (await fetch(idp.trust.samlEntityId)).text(),
    "sp.key": key.privatePem,
    "sp.crt": key.certificatePem,
    "attribute-map.xml": ATTRIBUTES,
    "shibd.logger": LOGGER,
  });
  const settings = { folder: folder.path, origin: `http://127.0.0.1:${port}`, idp: idp.trust.samlEntityId };
  await writeFile(`${folder.path}/shibboleth2.xml`, shibbolethConfiguration(settings));
  await chmod(folder.path, 0o755);
  daemon = await startShibd(folder.path);
  await chmod(`${folder.path}/shibd.sock`, 0o777);
  apache = await startApache(port, directives(folder.path), PAGES);
});

afterAll(async () => {
  await apache[Symbol.asyncDispose]();
  await daemon[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  await idp.stop();
});

test.each([
  { name: "with MFA", change: {}, page: "portal" },
  { name: "password only", change: { profile: "password-only" }, page: "denied" },
])("$name → $page", async ({ name, change, page }) => {
  const user = userOf(name);
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...change });
  const shown = await signInAt(`${apache.origin}/portal.shtml`, idp, emission, user);
  expect(shown).toEqual({ page, user: page === "portal" ? user : undefined, signIns: 1 });
});

const AT = "/samlResponse/assertion";

test.each([
  { name: "a stranger's key", change: { key: "stranger" } },
  { name: "no signature", change: { tamper: [{ op: "strip-signature" }] } },
  {
    name: "another audience",
    change: { patch: [{ op: "set", path: `${AT}/conditions/audiences`, value: ["x"] }] },
  },
  {
    name: "another recipient",
    change: { patch: [{ op: "set", path: `${AT}/subject/recipient`, value: "http://x/" }] },
  },
  { name: "another issuer", change: { patch: [{ op: "set", path: `${AT}/issuer`, value: "http://x/" }] } },
])("$name → nobody is signed in", async ({ name, change }) => {
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp", ...change });
  const shown = await signInAt(`${apache.origin}/portal.shtml`, idp, emission, userOf(name));
  expect(shown).toEqual({ page: undefined, user: undefined, signIns: 1 });
});
