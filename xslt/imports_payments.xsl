<?xml version="1.0" encoding="UTF-8"?>
<!-- imports_payments.xsl: the words of payments that come from the bank's file. Part of imports.xsl. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/imports[@kind = 'payments']" mode="crumbs" priority="1">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="$kind/@path"/>
    <xsl:with-param name="word" select="$kind/@name"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="imports" mode="about"/>
<xsl:template match="imports[@kind = 'payments']" mode="about">
  <p class="hint">Загрузите выписку банка как есть, лишние столбцы не мешают. Ученика журнал узнаёт по лицевому счёту (он стоит на странице «Питание» ученика) или по имени и классу. Возврат — со знаком минус. Один и тот же файл можно загружать снова: записанное не повторится.</p>
</xsl:template>

<xsl:template match="imports/@amount"> На сумму <b><xsl:value-of select="translate(., '.-', ',−')"/> руб.</b></xsl:template>

<xsl:template match="imports[@kind = 'payments']/row[@code = 'JE102']" mode="done" priority="1">
  <b class="todo">Нужна сумма в рублях до 100 000, не ноль: 1234,56.</b>
</xsl:template>
<xsl:template match="imports[@kind = 'payments']/row[@code = 'JE102'][@field = 'account']" mode="done" priority="2">
  <b class="todo">Лицевой счёт — число.</b>
</xsl:template>
<xsl:template match="imports[@kind = 'payments']/row[@code = 'JE212']" mode="done" priority="1">
  <b class="todo">Этот документ у ученика уже есть, с другим днём или суммой.</b>
</xsl:template>
<xsl:template match="imports/row[@code = 'JE251']" mode="done">
  <b class="todo">Месяц этого дня закрыт: запишите оплату следующим днём после него.</b>
</xsl:template>
<xsl:template match="imports/row[@code = 'JE247']" mode="done"><b class="todo">Этот день ещё не наступил.</b></xsl:template>
<xsl:template match="imports[@kind = 'payments']/row[@code = 'JE401']" mode="done" priority="1">
  <b class="todo">Такого ученика в школе нет.</b>
</xsl:template>
<xsl:template match="imports/row[@code = 'JE401'][@field = 'pupil'][key('import-field', 'account')/@n]" mode="done" priority="2">
  <b class="todo">Лицевой счёт другого ученика, или такого ученика в школе нет.</b>
</xsl:template>

</xsl:stylesheet>
