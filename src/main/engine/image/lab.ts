/** sRGB to CIE L*a*b* (D65) and back, on 0..255 values (IEC 61966-2-1; CIE 15). */
export type Triple = readonly [number, number, number];

const WHITE: Triple = [0.95047, 1, 1.08883];
const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

function toLinear(level: number): number {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** The curve for all 256 levels, since pixels have no others. */
const LINEAR = Float64Array.from({ length: 256 }, (_, level) => toLinear(level));

function encode(linear: number): number {
  const value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
  return value * 255;
}

/** The inverse curve in steps of 1/8192, read with interpolation: 0.01 levels off at most, and no power per pixel. */
const STEPS = 8192;
const ENCODED = Float64Array.from({ length: STEPS + 2 }, (_, step) => encode(step / STEPS));

/** 0..255 for 0..1; what lies outside sRGB is cut here. */
function toLevel(linear: number): number {
  const at = Math.min(1, Math.max(0, linear)) * STEPS;
  const step = Math.floor(at);
  const low = ENCODED[step] ?? 0;
  return low + ((ENCODED[step + 1] ?? 0) - low) * (at - step);
}

function curve(value: number): number {
  return value > EPSILON ? Math.cbrt(value) : (KAPPA * value + 16) / 116;
}

function inverseCurve(value: number): number {
  const cube = value ** 3;
  return cube > EPSILON ? cube : (116 * value - 16) / KAPPA;
}

/** L* 0..100, a* and b* about -128..127, from whole levels 0..255. */
export function rgbToLab(red: number, green: number, blue: number): Triple {
  const [r, g, b] = [LINEAR[red] ?? 0, LINEAR[green] ?? 0, LINEAR[blue] ?? 0];
  const x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
  const y = curve((0.2126729 * r + 0.7151522 * g + 0.072175 * b) / WHITE[1]);
  const z = curve((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Levels 0..255, not rounded; colours outside sRGB are cut. */
export function labToRgb([lightness, a, b]: Triple): Triple {
  const fy = (lightness + 16) / 116;
  const x = inverseCurve(fy + a / 500) * WHITE[0];
  const y = inverseCurve(fy) * WHITE[1];
  const z = inverseCurve(fy - b / 200) * WHITE[2];
  return [
    toLevel(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
    toLevel(-0.969266 * x + 1.8760108 * y + 0.041556 * z),
    toLevel(0.0556434 * x - 0.2040259 * y + 1.0572252 * z),
  ];
}
