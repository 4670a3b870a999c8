<?xml version="1.0" encoding="UTF-8"?>
<!-- forecast_words.xsl: the words of forecasts: groups of pupils, and the formula in plain Russian.
     in   @pupil_group
     out  mode forecast-group; named template forecast-formula
     see  forecast.xsl, sql/objects/forecast.sql (the same formula) -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="@pupil_group" mode="forecast-group"/>
<xsl:template match="@pupil_group[. = 'excellent']" mode="forecast-group">отличник</xsl:template>
<xsl:template match="@pupil_group[. = 'nearly-excellent']" mode="forecast-group">почти отличник</xsl:template>
<xsl:template match="@pupil_group[. = 'good']" mode="forecast-group">хорошист</xsl:template>
<xsl:template match="@pupil_group[. = 'nearly-good']" mode="forecast-group">почти хорошист</xsl:template>

<xsl:template name="forecast-formula">
  <section class="forecast-formula"><details>
    <summary>Как считается прогноз</summary>
    <ol>
      <li>Место ученика в классе: средний балл группы по предмету плюс то, насколько ученик по всем предметам вместе выше или ниже средних баллов своих групп.</li>
      <li>Обычный уровень ученика по предмету: сумма его отметок с их весом, плюс отметка за прошлый период с весом 1,5, плюс место в классе с весом 4 — всё это делится на сумму весов. Пока отметок мало, больше значат прошлый период и класс; чем отметок больше, тем больше значат они.</li>
      <li>Сколько отметок ещё будет: сколько их до сих пор приходилось на один учебный день (наполовину у самого ученика, наполовину в среднем по группе), умноженное на оставшиеся учебные дни, и ещё контрольные работы по графику.</li>
      <li>Ожидаемый средний балл: средний балл отметок, которые уже есть, и тех, которые ещё будут, если они окажутся на обычном уровне ученика; не больше лучшей отметки и не меньше худшей.</li>
      <li>Границы и вероятности: чем больше отметок ещё впереди и чем сильнее они расходятся в группе, тем шире границы. В границы попадают примерно 8 учеников из 10. Отметка следует из среднего балла по правилу округления школы.</li>
      <li>«Не аттестован»: вероятность, что до конца периода не наберётся столько отметок, сколько школа требует для итоговой. Считается только для ученика, у которого отметок вдвое меньше, чем в среднем по группе; если отметок мало у всей группы, это видно на странице «Контроль».</li>
    </ol>
    <p>Меньше трёх отметок — мало данных, прогноз не показывается. Прогноз — не отметка: её ставит учитель.</p>
  </details></section>
</xsl:template>

</xsl:stylesheet>
