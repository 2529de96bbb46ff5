import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './App.module.css';
import { AboutNotices } from './features/about/AboutNotices';
import { RecallDrop } from './features/gallery-recall/RecallDrop';
import { Inspector } from './features/inspector/Inspector';
import { KeptJobs } from './features/kept-jobs/KeptJobs';
import { LicenceDialog } from './features/licences/LicenceDialog';
import { ProfileSetting, ProvenanceSettings } from './features/licences/LicenceSettings';
import { ModelLicenceNote } from './features/licences/ModelLicenceNote';
import { ModelsScreen } from './features/models/ModelsScreen';
import { ModerationSettings } from './features/moderation/ModerationSettings';
import { Palette } from './features/palette/Palette';
import { GenerateBar } from './features/prompt/GenerateBar';
import { PromptSection } from './features/prompt/PromptSection';
import { Rail } from './features/rail/Rail';
import { RecipePanel } from './features/recipe/RecipePanel';
import { SettingsScreen } from './features/settings/SettingsScreen';
import { ShortcutSheet } from './features/shortcuts/ShortcutSheet';
import { Stage } from './features/stage/Stage';
import { LiveRegion } from './features/status-bar/LiveRegion';
import { StatusBar } from './features/status-bar/StatusBar';
import { Strip } from './features/strip/Strip';
import { changeLanguage, resolveLanguage } from './i18n/i18n';
import { useGalleryView, useSettings, useView } from './studio-context';
import { theme } from './ui/theme';
import { useShortcuts } from './use-shortcuts';

function CreateScreen() {
  const { t } = useTranslation();
  return (
    <RecallDrop>
      <div className={classes.create}>
        <h1 className="visually-hidden">{t('rail.create')}</h1>
        <Stage recipe={<RecipePanel />} />
        <Strip />
        <Inspector label={t('inspector.label')} prompt={<PromptSection />} footer={<GenerateBar />} />
      </div>
    </RecallDrop>
  );
}

/** Read when it is first shown: the canvas' library has no part in a fast start. */
const EditScreen = lazy(async () => ({ default: (await import('./features/edit-stage/EditScreen')).EditScreen }));

const CreditsScreen = lazy(async () => ({ default: (await import('./features/credits/CreditsScreen')).CreditsScreen }));
const ResizeScreen = lazy(async () => ({ default: (await import('./features/resize/ResizeScreen')).ResizeScreen }));
const loadGallery = async () => ({ default: (await import('./features/gallery/GalleryScreen')).GalleryScreen });
const GalleryScreen = lazy(loadGallery);
const GalleryOverlays = lazy(async () => ({ default: (await import('./features/gallery/GalleryOverlays')).GalleryOverlays }));

/** Loaded when the first of them opens. */
function Overlays() {
  const isOpen = useGalleryView((state) => state.overlays.length > 0);
  return isOpen && <Suspense fallback={null}><GalleryOverlays /></Suspense>;
}

function Screens() {
  const screen = useView((state) => state.screen);
  switch (screen) {
    case 'create':
      return <CreateScreen />;
    case 'edit':
      return <Suspense fallback={null}><EditScreen /></Suspense>;
    case 'gallery':
      return <Suspense fallback={null}><GalleryScreen /></Suspense>;
    case 'resize':
      return <Suspense fallback={null}><ResizeScreen /></Suspense>;
    case 'models':
      return <ModelsScreen licenceOf={(model) => <ModelLicenceNote model={model} />} />;
    case 'credits':
      return <Suspense fallback={null}><CreditsScreen /></Suspense>;
    case 'settings':
      return <SettingsScreen sections={<><ProfileSetting /><ModerationSettings /><ProvenanceSettings /></>} about={<AboutNotices />} />;
  }
}

export function App() {
  useShortcuts();
  const chosen = useSettings((state) => state.theme);
  const language = useSettings((state) => state.language);
  const system = useColorScheme('dark');

  // The gallery opens at once when its code was read while nothing else was to do.
  useEffect(() => {
    const idle = requestIdleCallback(() => { void loadGallery(); }, { timeout: 10_000 });
    return () => { cancelIdleCallback(idle); };
  }, []);

  useEffect(() => {
    void changeLanguage(resolveLanguage(language, navigator.language));
  }, [language]);

  return (
    <MantineProvider theme={theme} forceColorScheme={chosen === 'system' ? system : chosen} withCssVariables={false} withGlobalClasses={false}>
      <div className={classes.app}>
        <Rail />
        <main className={classes.main}>
          <KeptJobs />
          <Screens />
        </main>
        <StatusBar />
      </div>
      <Overlays />
      <LiveRegion />
      <LicenceDialog />
      <ShortcutSheet />
      <Palette />
      <Notifications position="bottom-center" limit={3} containerWidth={360} className={classes.toasts} />
    </MantineProvider>
  );
}
