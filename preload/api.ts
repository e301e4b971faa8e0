import type {
  Activity,
  DesktopPlatform,
  MenuModel,
  Picked,
  PickOptions,
  ProjectToOpen,
  SaveOptions,
  SecretProtection,
  Theme,
} from '#contract/desktop.ts';

/** Ends a subscription. */
export type Unsubscribe = () => void;

/** `window.userferry` of a page in the desktop shell; absent in a browser. Frozen. */
export interface UserferryDesktop {
  readonly platform: DesktopPlatform;
  /**
   * Asks for a port to the engine that runs now, waiting for it while it starts. Ports cannot cross the bridge:
   * it comes as a window message `{ type: ENGINE_PORT_MESSAGE, request }` of this origin. Rejects with a
   * sentence when the engine cannot be started. The port's `close` event means that its engine ended.
   * @param request number that the page has not used before
   */
  connectEngine(request: number): Promise<void>;
  /** Null where the person cancelled. */
  pickFolder(options: PickOptions): Promise<Picked | null>;
  pickFile(options: PickOptions): Promise<Picked | null>;
  /** Asks where to and writes the file. Rejects with a sentence when it cannot be written. */
  saveFile(options: SaveOptions): Promise<Picked | null>;
  /** Shows what was picked or saved in the system's file manager; false for a handle that nobody gave out. */
  reveal(handle: string): Promise<boolean>;
  /** Replaces the native menus. Commands that are chosen come back through `onMenuCommand`. */
  showMenu(model: MenuModel): Promise<void>;
  onMenuCommand(listener: (id: string) => void): Unsubscribe;
  /** Also told, at once, what was asked for before anybody listened. */
  onOpenProject(listener: (project: ProjectToOpen) => void): Unsubscribe;
  showActivity(activity: Activity): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  secretProtection(): Promise<SecretProtection>;
  /** The person's answer to keeping secrets where nothing protects them. */
  secretConsent(given: boolean): Promise<SecretProtection>;
}

declare global {
  interface Window {
    readonly userferry?: UserferryDesktop;
  }
}
