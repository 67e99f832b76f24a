; Inno Setup script (安装程序): installs the packaged folder for the current user, without administrator rights.
; Make the folder first (python build/dev.py package), then: iscc build\package\installer.iss /DVersion=0.1.0
; This script was written without a Windows at hand and has never been run.
#ifndef Version
#define Version "0.1.0"
#endif

[Setup]
AppId=perf-excel
AppName=绩效自评
AppVersion={#Version}
AppPublisher=perf-excel
DefaultDirName={localappdata}\Programs\perf-excel
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
OutputDir=..\..\dist
OutputBaseFilename=绩效自评-{#Version}-安装
SetupIconFile=icon.ico
Compression=lzma2
SolidCompression=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
UninstallDisplayIcon={app}\绩效自评.exe

[Tasks]
Name: desktopicon; Description: "在桌面上放一个图标"

[Files]
Source: "..\..\dist\绩效自评\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{userprograms}\绩效自评"; Filename: "{app}\绩效自评.exe"
Name: "{userdesktop}\绩效自评"; Filename: "{app}\绩效自评.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\绩效自评.exe"; Description: "现在打开"; Flags: nowait postinstall skipifsilent
