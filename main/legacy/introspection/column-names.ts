import type { FieldMapping } from '#domain/profile/legacy-user.ts';

export type Attribute = keyof FieldMapping;

/** Written as texts, because a list with one word a line is no easier to read. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * What columns of user tables are called, without separators and accents, lower case, best names first: the
 * conventions of frameworks (WordPress, Django, Rails, ASP.NET, Laravel, Drupal, Magento, Keycloak) and of
 * homes in English, German, French, Spanish, Portuguese, Italian, Dutch and Polish.
 */
export const COLUMN_NAMES: Readonly<Record<Attribute, readonly string[]>> = {
  id: words(`id userid uuid guid uid memberid customerid accountid entityid personid benutzerid kundenid kundennr
    idutilisateur idusuario idutente pk nr`),
  email: words(`email emailaddress mail mailaddress primaryemail contactemail emailid emailadresse mailadresse
    courriel adressemail correo correoelectronico eml`),
  emailVerified:
    words(`emailverified emailconfirmed isemailverified isemailconfirmed emailisverified emailverifiedat
    confirmedat isconfirmed verified isverified confirmed emailvalidated mailverified emailbestaetigt
    emailbestatigt bestaetigt emailverifie correoverificado verificado emailok`),
  username:
    words(`username login userlogin loginname accountname handle logon logonname screenname usrname uname
    benutzername anmeldename nomutilisateur identifiant nombreusuario usuario nomeutente gebruikersnaam
    nazwauzytkownika user nick pseudo`),
  passwordHash:
    words(`passwordhash pwdhash passhash hashedpassword encryptedpassword passworddigest cryptedpassword
    userpass password passwd pwd pass pw hash pwhash pswd passwort kennwort passworthash motdepasse mdp
    contrasena clave senha wachtwoord haslo credential secretdata`),
  passwordSalt: words(`passwordsalt salt pwdsalt passsalt hashsalt saltvalue passwdsalt salz pwsalt sel sal`),
  passwordScheme:
    words(`passwordscheme passwordformat passwordalgorithm hashalgorithm hashtype passwordtype passwordversion
    pwdalgo pwdscheme hashscheme hashmethod algorithm algo scheme encryption encryptiontype hashversion
    pwformat pwscheme`),
  name: words(`displayname fullname name realname completename commonname cn vollername anzeigename nomcomplet
    nombrecompleto nomecompleto volledigenaam`),
  givenName: words(
    `givenname firstname fname forename first vorname prenom nombre nome voornaam imie primernombre`,
  ),
  familyName:
    words(`familyname lastname surname lname sname sn last nachname familienname nomdefamille apellido
    apellidos sobrenome cognome achternaam nazwisko nom`),
  nickname: words(`nickname nicename alias knownas preferredname spitzname surnom apodo apelido nick`),
  picture:
    words(`picture pictureurl avatar avatarurl photo photourl profilepicture profileimage profilephoto imageurl
    image bild foto userpic imagen`),
  phoneNumber:
    words(`phonenumber phone mobile mobilephone mobilenumber telephone cellphone cell tel phoneno telefon
    telefonnummer handy handynummer telefono telefone celular movil gsm telefoon msisdn`),
  phoneVerified:
    words(`phoneverified phonenumberconfirmed phoneconfirmed isphoneverified mobileverified phonenumberverified
    phoneverifiedat telefonbestaetigt telefonoverificado`),
  lastLogin:
    words(`lastlogin lastloginat lastlogindate lastlogintime lastsigninat currentsigninat lastlogon lastaccess
    lastseen lastseenat lastactivity lastactivitydate lastvisit loginat letzterlogin letzteanmeldung
    derniereconnexion dernierlogin ultimoacceso ultimologin ultimoaccesso laatstelogin`),
  createdAt:
    words(`createdat created createdate creationdate datecreated createdon createtime datejoined registered
    registeredat registrationdate userregistered signupdate joined joindate insertedat ctime membersince
    erstelltam angelegtam erstellt registriertam datecreation creele dateinscription fechacreacion
    fecharegistro fechaalta datacriacao datacreazione aangemaaktop`),
  blocked:
    words(`blocked isblocked banned isbanned locked islocked islockedout lockedout lockedat disabled isdisabled
    suspended issuspended deactivated inactive isinactive gesperrt deaktiviert bloque bloqueado bloccato
    geblokkeerd`),
  userMetadata:
    words(`usermetadata preferences prefs settings usersettings options profile profiledata einstellungen
    preferencias metadata`),
  appMetadata: words(
    `appmetadata roles role permissions groups groupname plan tier rolle rollen rol usertype accounttype`,
  ),
};

/** Words before the real name that say only what the table says already. */
export const PREFIX_WORDS: ReadonlySet<string> = new Set(
  words(`usr user users u cust customer member mbr mem acct account acc person people login auth adm admin
    client cli profile contact txt str fld col c x benutzer kunde usuario utilisateur utente default
    current`),
);

/** Words that make a column something else than its other words say: a reset token, an old password, a second address. */
export const MISLEADING_WORDS: ReadonlySet<string> = new Set(
  words(`token reset old previous prev hint question answer expires expiry expiration changed modified failed
    failure count attempts attempt normalized canonical backup recovery billing shipping secondary
    alternate alt new pending temp tmp requested sent stamp notification notify newsletter opt company
    file host domain ip parent history must force by fax work home security enabled`),
);
