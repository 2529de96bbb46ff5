import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Settings } from '../../shared/settings';
import type { Catalogue } from './catalogue';
import { en } from './en';
import { nl } from './nl';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Catalogue };
  }
}

export type Language = 'en' | 'nl';

/** @param system the system's language tag, e.g. `nl-BE` */
export const resolveLanguage = (wanted: Settings['language'], system: string): Language =>
  wanted === 'system' ? (system.toLowerCase().startsWith('nl') ? 'nl' : 'en') : wanted;

/** Prepares both catalogues; they ship with the page, so this never waits for a file. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, nl: { translation: nl } },
    // React escapes by itself.
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  });
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
