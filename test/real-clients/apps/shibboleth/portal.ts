import { chmod, writeFile } from "node:fs/promises";
import type { PartnerKey } from "../../../harness/idp/saml/partner.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { type Apache, startApache } from "../apache/apache.ts";
import { portalPages } from "../apache/pages.ts";
import { shibbolethConfiguration, startShibd } from "./shibd.ts";

const MFA = "http://schemas.microsoft.com/claims/multipleauthn";

const FORMATS = [
  "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
  "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
];

/** Who is signed in is told by the NameID: `$Name` takes its text alone. */
const ATTRIBUTES = `<Attributes xmlns="urn:mace:shibboleth:2.0:attribute-map">
${FORMATS.map(
  (format) => `  <Attribute name="${format}" id="person">
    <AttributeDecoder type="NameIDAttributeDecoder" formatter="$Name"/>
  </Attribute>`,
).join("\n")}
</Attributes>`;

const LOGGER = `log4j.rootCategory=ERROR, console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.layout=org.apache.log4j.BasicLayout
`;

/** Where a portal is and which IdP it trusts. */
export interface PortalSettings {
  readonly port: number;
  readonly key: PartnerKey;
  readonly idpEntityId: string;
  readonly idpMetadata: string;
}

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
  <RequireAll>
    Require authnContextClassRef ${MFA}
    Require shib-user ~ \\S
  </RequireAll>
  ErrorDocument 401 /denied.shtml
  ErrorDocument 403 /denied.shtml
</Location>
<LocationMatch "^/(me|denied).shtml$">
  AuthType shibboleth
  ShibRequestSetting requireSession 0
  Require shibboleth
</LocationMatch>`;
}

/** A portal behind Shibboleth's service provider, which demands MFA as the class. */
export async function startShibbolethPortal(settings: PortalSettings): Promise<Apache> {
  const { port, key, idpEntityId, idpMetadata } = settings;
  const folder = await temporaryFolder({
    "idp.xml": idpMetadata,
    "sp.key": key.privatePem,
    "sp.crt": key.certificatePem,
    "attribute-map.xml": ATTRIBUTES,
    "shibd.logger": LOGGER,
  });
  const { path } = folder;
  const configuration = { folder: path, origin: `http://127.0.0.1:${port}`, idp: idpEntityId };
  await writeFile(`${path}/shibboleth2.xml`, shibbolethConfiguration(configuration));
  await chmod(path, 0o755);
  const daemon = await startShibd(path);
  const pages = portalPages({ session: "Shib-Session-ID", user: "REMOTE_USER" });
  const apache = await startApache({ port, directives: () => directives(path), pages });
  return {
    origin: apache.origin,
    [Symbol.asyncDispose]: async () => {
      await apache[Symbol.asyncDispose]();
      await daemon[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
