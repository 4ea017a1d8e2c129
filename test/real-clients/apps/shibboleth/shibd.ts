import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, chmod, rm } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

/** What Shibboleth's service provider is configured with. */
export interface ShibbolethSettings {
  /** Where its files are. */
  readonly folder: string;
  readonly origin: string;
  /** Entity id of the IdP, whose metadata are in `idp.xml` of the folder. */
  readonly idp: string;
}

/**
 * The configuration of a service provider on plain http that takes one IdP's answers to requests of its own, for
 * sign-ins of the last hour; `attribute-map.xml` beside it names what it keeps.
 */
export function shibbolethConfiguration({ folder, origin, idp }: ShibbolethSettings): string {
  return `<SPConfig xmlns="urn:mace:shibboleth:3.0:native:sp:config" logger="/etc/shibboleth/native.logger" clockSkew="180">
  <OutOfProcess logger="${folder}/shibd.logger"/>
  <UnixListener address="${folder}/shibd.sock"/>
  <ApplicationDefaults entityID="${origin}/shibboleth" REMOTE_USER="person" signing="false" encryption="false" policyId="blockUnsolicited">
    <Sessions lifetime="3600" timeout="3600" maxTimeSinceAuthn="3600" checkAddress="false" handlerSSL="false" cookieProps="http" relayState="ss:mem" redirectLimit="exact">
      <SSO entityID="${idp}">SAML2</SSO>
      <Logout>Local</Logout>
    </Sessions>
    <Errors supportContact="root@localhost"/>
    <MetadataProvider type="XML" path="${folder}/idp.xml"/>
    <AttributeExtractor type="XML" validate="false" path="${folder}/attribute-map.xml"/>
    <CredentialResolver type="File" key="${folder}/sp.key" certificate="${folder}/sp.crt"/>
  </ApplicationDefaults>
  <SecurityPolicyProvider type="XML" validate="false" path="/etc/shibboleth/security-policy.xml"/>
  <ProtocolProvider type="XML" validate="false" reloadChanges="false" path="/etc/shibboleth/protocols.xml"/>
</SPConfig>`;
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Starts Shibboleth's daemon in the foreground; it is ready when its socket is there, which it says nowhere else. One that
 * crashes is started anew, as Debian has it.
 */
export async function startShibd(folder: string): Promise<AsyncDisposable> {
  let isStopped = false;
  let daemon = await startOnce(folder);
  const ended = (async () => {
    for (;;) {
      await daemon.closed;
      if (isStopped) return;
      daemon = await startOnce(folder);
    }
  })();
  return {
    [Symbol.asyncDispose]: async () => {
      isStopped = true;
      daemon.child.kill("SIGTERM");
      await ended;
    },
  };
}

async function startOnce(folder: string) {
  const socket = `${folder}/shibd.sock`;
  await rm(socket, { force: true });
  const flags = ["-F", "-f", "-c", `${folder}/shibboleth2.xml`, "-p", `${folder}/shibd.pid`];
  const child = spawn("/usr/sbin/shibd", flags, { stdio: "inherit" });
  const closed = once(child, "close");
  while (child.exitCode === null && child.signalCode === null && !(await exists(socket)))
    await setTimeout(50);
  if (child.exitCode !== null) throw new Error(`shibd ended with ${child.exitCode}`);
  // Apache's workers run as another user.
  await chmod(socket, 0o777);
  return { child, closed };
}
