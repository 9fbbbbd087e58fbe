import type { FontName } from '../../core/renditions/index.js';

export interface PinnedFont {
  readonly name: FontName;
  /** Of an npm package, or of the folder of templates. */
  readonly from: 'package' | 'templates';
  readonly file: string;
  readonly sha256: string;
}

/** All under the SIL Open Font License 1.1. A changed font is a new name: faces already sealed refer to these glyph numbers. */
export const FONT_FILES: readonly PinnedFont[] = [
  {
    name: 'song',
    from: 'package',
    file: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
    sha256: 'c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742',
  },
  {
    name: 'song-bold',
    from: 'package',
    file: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
    sha256: '9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6',
  },
  {
    name: 'hei',
    from: 'package',
    file: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
    sha256: 'd45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16',
  },
  {
    name: 'hei-bold',
    from: 'package',
    file: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
    sha256: '9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96',
  },
  {
    name: 'kai',
    from: 'templates',
    file: 'fonts/kai.ttf',
    sha256: '38831922eab6ae1c86e352c3aecaa51d621c5a16ff4c87fdf06b0971bcb778c1',
  },
];
