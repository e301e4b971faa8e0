/** One picture. */
export interface Shot {
  readonly scene: string;
  readonly title: string;
  readonly colours: 'light' | 'dark';
  readonly size: 'usual' | 'wide';
  readonly file: string;
}

const BEGIN = '<!-- pictures -->';

/** The page with its words above the mark kept and the list of pictures below it written anew. */
export function screensPage(now: string, shots: readonly Shot[]): string {
  const words = now.slice(0, now.indexOf(BEGIN) + BEGIN.length);
  const scenes = Map.groupBy(shots, (shot) => shot.scene);
  const parts = [...scenes.values()].map((group) => {
    const links = group
      .map(
        ({ colours, size, file }) => `[${colours}${size === 'wide' ? ', 1920 wide' : ''}](screens/${file})`,
      )
      .join(' · ');
    const [first] = group;
    return `### ${first?.title}\n\n![${first?.title}](screens/${first?.file})\n\n${links}\n`;
  });
  return `${words}\n\n${parts.join('\n')}`;
}
