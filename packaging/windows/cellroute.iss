; Installer for Windows, for one user, without administrator rights. Inno Setup 6.3 or later:
;     iscc /DVersion=0.0.0 packaging\windows\cellroute.iss
; after `py run.py package` has made build\bundle\cellroute. The workflow passes the version of core\__init__.py.
; Removing takes away everything but the user's own files and %LOCALAPPDATA%\cellroute, where settings and a clinic's
; evidence are.

#ifndef Version
  #error Give the version: iscc /DVersion=...
#endif

[Setup]
AppId={{6F6D1F0A-6C7E-4B0B-9E0E-CE11C0DE0001}
AppName=CellRoute
AppVersion={#Version}
VersionInfoVersion={#Version}
AppPublisher=The CellRoute maintainers
DefaultDirName={autopf}\CellRoute
DefaultGroupName=CellRoute
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=cellroute-{#Version}-windows-x86_64-setup
SetupIconFile=..\..\build\icons\cellroute.ico
UninstallDisplayIcon={app}\cellroute.exe
UninstallDisplayName=CellRoute
LicenseFile=..\..\LICENSE
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; An update leaves nothing of the version before it.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licences"

[Files]
Source: "..\..\build\bundle\cellroute\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\CellRoute"; Filename: "{app}\cellroute.exe"
Name: "{userdesktop}\CellRoute"; Filename: "{app}\cellroute.exe"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Software\Classes\.cellroute"; ValueType: string; ValueData: "CellRoute.Consult"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\CellRoute.Consult"; ValueType: string; ValueData: "CellRoute consult"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\CellRoute.Consult\DefaultIcon"; ValueType: string; ValueData: "{app}\cellroute.exe,0"
Root: HKCU; Subkey: "Software\Classes\CellRoute.Consult\shell\open\command"; ValueType: string; ValueData: """{app}\cellroute.exe"" --consult ""%1"""

[Run]
Filename: "{app}\cellroute.exe"; Description: "{cm:LaunchProgram,CellRoute}"; Flags: nowait postinstall skipifsilent
