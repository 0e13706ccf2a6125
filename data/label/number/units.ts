/**
 * Units that differ from one another, with the words for each: 5 km is not 5 miles. Words with two meanings are left
 * out.
 */
const UNITS = [
  ...[
    'km|kilometers?|kilometres?|公里|千米|キロメートル|км',
    'm|meters?|metres?|米|メートル|м',
    'cm|centimeters?|centimetres?|厘米|см',
  ],
  ...[
    'mm|millimeters?|millimetres?|毫米|мм',
    'miles?|mi|英里|マイル',
    'ft|feet|foot|英尺',
    'inch|inches|英寸',
    'yards?|yd',
  ],
  ...[
    'kg|kilograms?|kilos?|公斤|千克|キログラム|кг',
    'grams?|grammes?|克|グラム',
    'mg|milligrams?|毫克',
    'lbs?|英磅',
    'oz|ounces?',
  ],
  ...[
    'seconds?|secs?|秒|секунд\\p{L}*',
    'minutes?|mins?|分钟|分鐘|минут\\p{L}*',
    'hours?|hrs?|小时|小時|時間|час\\p{L}*|stunden?|heures?|horas?',
  ],
  ...[
    'days?|天|tage?|jours?|días?|д(?:ень|ня|ней)',
    'weeks?|周|週間|wochen?|semaines?|semanas?',
    'months?|个月|か月|monate?|mois|meses',
  ],
  ...[
    'years?|年|jahre?|ans|años?|лет|год\\p{L}*',
    '°\\s?c|degrees celsius|celsius|摄氏度',
    '°\\s?f|degrees fahrenheit|fahrenheit|华氏度',
  ],
  ...[
    'us\\$|\\$|usd|dollars?|美元',
    '€|eur|euros?|欧元',
    '£|gbp',
    '₹|rs\\.?|inr|rupees?|卢比',
    '₩|krw|won|원',
    '₽|rub|рубл\\p{L}*',
  ],
].map((words) => new RegExp(`^(?:${words})$`, 'iu'));

/** Index of the unit written before (a currency) or after a number; undefined if it is none of these. */
export function unitOf(before: string, after: string): number | undefined {
  const word = /^\s?(°\s?[CF]|degrees \p{L}+|[\p{L}$€£₹₩₽]+)/iu.exec(after)?.[1] ?? '';
  const found = [before.trim(), word]
    .map((text) => UNITS.findIndex((unit) => unit.test(text)))
    .find((unit) => unit >= 0);
  return found;
}
