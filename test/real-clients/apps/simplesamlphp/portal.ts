import { randomBytes } from "node:crypto";
import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { type Apache, startApache } from "../apache/apache.ts";
import { simpleSamlPages } from "./pages.ts";

/** Where a portal is and which IdP it trusts. */
export interface PortalSettings {
  readonly port: number;
  readonly idpEntityId: string;
  readonly idpMetadata: string;
}

const MODULES = "/usr/lib/apache2/modules";

/** Debian's module carries the version of PHP in its name. */
async function phpModule(): Promise<string> {
  const name = (await readdir(MODULES)).find((file) => /^libphp.*\.so$/.test(file));
  if (name === undefined) throw new Error("libapache2-mod-php is not installed");
  return `${MODULES}/${name}`;
}

/** Sessions, and the assertions that were taken already, are kept in a store of its own, so that none is taken twice. */
function configuration(folder: string, origin: string): string {
  return `<?php
$config = [
  'baseurlpath' => '${origin}/simplesaml/',
  'certdir' => '${folder}/',
  'loggingdir' => '${folder}/data/',
  'datadir' => '${folder}/data/',
  'tempdir' => '${folder}/data/',
  'metadatadir' => '${folder}/metadata/',
  'secretsalt' => '${randomBytes(16).toString("hex")}',
  'auth.adminpassword' => '${randomBytes(16).toString("hex")}',
  'technicalcontact_email' => 'na@example.org',
  'timezone' => 'UTC',
  'logging.level' => SimpleSAML\\Logger::ERR,
  'logging.handler' => 'errorlog',
  'module.enable' => ['core' => true, 'saml' => true],
  'session.cookie.secure' => false,
  'session.cookie.samesite' => null,
  'session.phpsession.savepath' => '${folder}/data',
  'store.type' => 'sql',
  'store.sql.dsn' => 'sqlite:${folder}/data/store.sqlite',
  'metadata.sources' => [['type' => 'xml', 'file' => '${folder}/idp.xml']],
];
`;
}

function sources(origin: string, idp: string): string {
  return `<?php
$config = ['portal' => ['saml:SP', 'entityID' => '${origin}/simplesaml', 'idp' => '${idp}']];
`;
}

async function directives(folder: string): Promise<string> {
  return `
LoadModule env_module ${MODULES}/mod_env.so
LoadModule php_module ${await phpModule()}
SetEnv SIMPLESAMLPHP_CONFIG_DIR ${folder}
Alias /simplesaml /usr/share/simplesamlphp/www
<FilesMatch "\\.php$">
  SetHandler application/x-httpd-php
</FilesMatch>
<Directory /usr/share/simplesamlphp/www>
  Require all granted
</Directory>`;
}

/** A portal on SimpleSAMLphp, which demands MFA as the class. */
export async function startSimpleSamlPortal(settings: PortalSettings): Promise<Apache> {
  const { port, idpEntityId, idpMetadata } = settings;
  const origin = `http://127.0.0.1:${port}`;
  const folder = await temporaryFolder({
    "idp.xml": idpMetadata,
    "authsources.php": sources(origin, idpEntityId),
    "metadata/README": "The IdP is in idp.xml.",
  });
  const { path } = folder;
  await writeFile(`${path}/config.php`, configuration(path, origin));
  await mkdir(`${path}/data`);
  // Apache's workers run as another user, who has to write here.
  await chmod(`${path}/data`, 0o777);
  await chmod(path, 0o755);
  const text = await directives(path);
  const apache = await startApache({ port, directives: () => text, pages: simpleSamlPages(origin) });
  return {
    origin: apache.origin,
    [Symbol.asyncDispose]: async () => {
      await apache[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
