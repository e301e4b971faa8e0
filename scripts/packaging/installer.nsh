; "Open in Userferry" on folders: a project is a folder, and Windows has no other way to open one with an app.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Userferry" "" "Open in Userferry"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Userferry" "Icon" "$INSTDIR\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Userferry\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\shell\Userferry"
!macroend
