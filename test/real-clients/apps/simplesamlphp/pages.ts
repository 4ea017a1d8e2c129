const MFA = "http://schemas.microsoft.com/claims/multipleauthn";

/** Signs in at the one source of the configuration. */
const BEGIN = `<?php
require_once '/usr/share/simplesamlphp/lib/_autoload.php';
$as = new \\SimpleSAML\\Auth\\Simple('portal');
`;

/** The page and the name on it; a name that cannot be read is nobody's. */
const SHOW = `
function show(string $page, $as, string $words): void {
  $id = $as->isAuthenticated() ? $as->getAuthData('saml:sp:NameID') : null;
  $name = $as->isAuthenticated() ? htmlspecialchars($id === null ? '(no name)' : (string) $id->getValue()) : '';
  echo "<h1 id=\\"page\\">$page</h1><p id=\\"user\\">$name</p><p>$words</p>";
}
`;

/**
 * The pages of a portal on SimpleSAMLphp, in PHP: the protected one, which demands MFA as the class; the one that says who
 * is signed in; one that begins a sign-in by what it is asked for; one that ends it here; one for everybody.
 */
export function simpleSamlPages(origin: string): Readonly<Record<string, string>> {
  return {
    "portal.php": `${BEGIN}${SHOW}
$as->requireAuth();
$id = $as->getAuthData('saml:sp:NameID');
$named = $id !== null && trim((string) $id->getValue()) !== '';
if ($named && $as->getAuthData('saml:sp:AuthnContext') === '${MFA}') show('portal', $as, 'Your customers: Contoso, Fabrikam.');
else show('denied', $as, 'A second factor is missing.');
`,
    "me.php": `${BEGIN}${SHOW}
show('me', $as, 'That is you.');
`,
    "sign-in.php": `${BEGIN}
$asked = ['ReturnTo' => '${origin}/portal.php'];
if (isset($_GET['class'])) $asked['saml:AuthnContextClassRef'] = explode(' ', $_GET['class']);
if (isset($_GET['comparison'])) $asked['saml:AuthnContextComparison'] = $_GET['comparison'];
if (isset($_GET['forceAuthn'])) $asked['ForceAuthn'] = true;
if (isset($_GET['isPassive'])) $asked['isPassive'] = true;
if (isset($_GET['nameIdFormat'])) $asked['saml:NameIDPolicy'] = $_GET['nameIdFormat'];
if (isset($_GET['subject'])) $asked['saml:NameID'] = ['Value' => $_GET['subject']];
$as->login($asked);
`,
    "sign-out.php": `${BEGIN}
\\SimpleSAML\\Session::getSessionFromRequest()->doLogout('portal');
echo 'Signed out.';
`,
    "public.html": '<p id="page">public</p>',
  };
}
