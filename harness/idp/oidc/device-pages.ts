import { escapeHtml } from "../pages/html.ts";
import { renderLayout } from "../pages/layout.ts";

/** What the page on which a person types the code of a device shows; every text is escaped. */
export interface DeviceCodeEntry {
  /** URL that the form posts to. */
  readonly action: string;
  readonly xsrf: string;
  /** Why the code typed before was not taken. */
  readonly problem: string | undefined;
}

/** What the page shows that asks whether the device has the same code; every text is escaped. */
export interface DeviceCodeConfirmation {
  readonly action: string;
  readonly xsrf: string;
  readonly application: string;
  readonly code: string;
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
}

/** Renders the page on which a person types the code that a device shows (RFC 8628 §3.3). */
export function renderDeviceCodeEntry({ action, xsrf, problem }: DeviceCodeEntry): string {
  return renderLayout(
    "Connect a device",
    `${problem === undefined ? "" : `<p role="alert">This code was not taken: ${escapeHtml(problem)}.</p>`}
<form method="post" action="${escapeHtml(action)}" data-mfa-harness="device-code">
${hidden("xsrf", xsrf)}
<label class="field">Code on the device
<input name="user_code" autocomplete="off" autofocus></label>
<button class="first">Continue</button>
</form>`,
  );
}

/** Renders the page on which a person says that the device shows the same code (RFC 8628 §5.4). */
export function renderDeviceCodeConfirmation(page: DeviceCodeConfirmation): string {
  const { action, xsrf, application, code } = page;
  return renderLayout(
    "Connect a device",
    `<dl><dt>Application</dt><dd>${escapeHtml(application)}</dd><dt>Code</dt><dd>${escapeHtml(code)}</dd></dl>
<form method="post" action="${escapeHtml(action)}" data-mfa-harness="device-confirm">
${hidden("xsrf", xsrf)}${hidden("user_code", code)}${hidden("confirm", "yes")}
<button class="first">The device shows this code</button>
<button name="abort" value="yes">Cancel</button>
</form>`,
  );
}
